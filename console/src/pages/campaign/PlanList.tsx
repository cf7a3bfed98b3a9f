import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Form } from 'antd'
import type { ReactNode } from 'react'
import { useT } from '@/i18n/useT'
import { Section } from '@/parts/record/Section'
import './campaign.css'

interface PlanListProps {
  /** The list of the content. */
  name: 'stages' | 'tasks' | 'milestones' | 'duties' | 'people'
  title: string
  /** What the button for another one says. */
  add: string
  /** A new one. */
  empty: object
  /** The fields of the one at an index. */
  children: (at: number) => ReactNode
}

/** A list of a plan: each entry with its fields, taken away or added. */
export function PlanList({ name, title, add, empty, children }: PlanListProps) {
  const t = useT()
  return (
    <Section title={title}>
      <Form.List name={['content', name]}>
        {(entries, change, { errors }) => (
          <>
            {entries.map((entry, nth) => (
              <div key={entry.key} className="qf-plan-entry">
                <div className="qf-plan-fields">{children(entry.name)}</div>
                <Button
                  type="text"
                  icon={<DeleteOutlined />}
                  aria-label={t(`删除第 ${nth + 1} 项`, `Remove number ${nth + 1}`)}
                  onClick={() => change.remove(entry.name)}
                />
              </div>
            ))}
            <Form.ErrorList errors={errors} />
            <Button icon={<PlusOutlined />} onClick={() => change.add(empty)}>
              {add}
            </Button>
          </>
        )}
      </Form.List>
    </Section>
  )
}
