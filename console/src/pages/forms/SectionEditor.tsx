import {
  ArrowDownOutlined,
  ArrowUpOutlined,
  DeleteOutlined,
  EditOutlined,
  PlusOutlined,
} from '@ant-design/icons'
import { Button, Dropdown, Form, Input, Tag } from 'antd'
import { useState } from 'react'
import { useT } from '@/i18n/useT'
import type { FieldSchema, FormSchema, Kind } from '@/parts/answer/schema'
import { Section } from '@/parts/record/Section'
import {
  isRequired,
  kinds,
  withField,
  withFieldMoved,
  without,
  withSectionAs,
  withSectionMoved,
} from './draft'
import { FieldEditor } from './FieldEditor'
import { Labelled } from './Labelled'

export interface DraftProps {
  draft: FormSchema
  /** The fields of the version in force: they are retired where others are taken out. */
  published: string[]
  onChange: (draft: FormSchema) => void
}

interface SectionEditorProps extends DraftProps {
  at: number
}

/** One section of a draft with its fields. */
export function SectionEditor({ at, draft, published, onChange }: SectionEditorProps) {
  const t = useT()
  const [open, setOpen] = useState<string>()
  const section = draft['x-sections'][at]
  if (!section) return null
  const add = (kind: Kind) => {
    const added = withField(draft, at, kind)
    setOpen(added.id)
    onChange(added.draft)
  }
  return (
    <Section
      title={t(section)}
      extra={
        <Movers
          name={t(section)}
          onMove={(by) => onChange(withSectionMoved(draft, at, by))}
          onRemove={
            section.fields.length === 0
              ? () => onChange(withSectionAs(draft, at, undefined))
              : undefined
          }
        />
      }
    >
      <Form component="div" layout="vertical" className="qf-two">
        <Labelled label={t('栏目中文', 'Section in Chinese')}>
          <Input
            value={section.zh}
            onChange={({ target }) => onChange(withSectionAs(draft, at, { zh: target.value }))}
          />
        </Labelled>
        <Labelled label={t('栏目英文', 'Section in English')}>
          <Input
            value={section.en}
            onChange={({ target }) => onChange(withSectionAs(draft, at, { en: target.value }))}
          />
        </Labelled>
      </Form>
      <ol className="qf-fields">
        {section.fields.map((id) => {
          const field = draft.properties[id]
          return (
            field && (
              <li key={id}>
                <FieldRow
                  field={field}
                  required={isRequired(draft, id)}
                  open={open === id}
                  onOpen={() => setOpen(open === id ? undefined : id)}
                  onMove={(by) => onChange(withFieldMoved(draft, id, by))}
                  onRemove={() => onChange(without(draft, id, published.includes(id)))}
                />
                {open === id && (
                  <FieldEditor
                    id={id}
                    field={field}
                    draft={draft}
                    published={published}
                    onChange={onChange}
                    onRename={setOpen}
                  />
                )}
              </li>
            )
          )
        })}
      </ol>
      <Dropdown
        trigger={['click']}
        menu={{
          items: Object.entries(kinds).map(([key, label]) => ({ key, label: t(label) })),
          onClick: ({ key }) => add(key as Kind),
        }}
      >
        <Button icon={<PlusOutlined />}>{t('添加字段', 'Add a field')}</Button>
      </Dropdown>
    </Section>
  )
}

interface FieldRowProps {
  field: FieldSchema
  required: boolean
  open: boolean
  onOpen: () => void
  onMove: (by: -1 | 1) => void
  onRemove: () => void
}

function FieldRow({ field, required, open, onOpen, onMove, onRemove }: FieldRowProps) {
  const t = useT()
  const label = t(field['x-label'])
  return (
    <div className="qf-field-row">
      <span className="qf-field-label">
        {label}
        {required && <span className="qf-field-star"> *</span>}
      </span>
      <Tag>{t(kinds[field['x-kind']])}</Tag>
      <Button
        size="small"
        icon={<EditOutlined />}
        aria-expanded={open}
        aria-label={t(`修改“${label}”`, `Change ${label}`)}
        onClick={onOpen}
      />
      <Movers name={label} onMove={onMove} onRemove={onRemove} />
    </div>
  )
}

interface MoversProps {
  name: string
  onMove: (by: -1 | 1) => void
  onRemove?: (() => void) | undefined
}

/** Buttons that move something up and down, and take it out. */
export function Movers({ name, onMove, onRemove }: MoversProps) {
  const t = useT()
  return (
    <span className="qf-movers">
      <Button
        size="small"
        icon={<ArrowUpOutlined />}
        aria-label={t(`上移“${name}”`, `Move ${name} up`)}
        onClick={() => onMove(-1)}
      />
      <Button
        size="small"
        icon={<ArrowDownOutlined />}
        aria-label={t(`下移“${name}”`, `Move ${name} down`)}
        onClick={() => onMove(1)}
      />
      {onRemove && (
        <Button
          size="small"
          danger
          icon={<DeleteOutlined />}
          aria-label={t(`删去“${name}”`, `Take ${name} out`)}
          onClick={onRemove}
        />
      )}
    </span>
  )
}
