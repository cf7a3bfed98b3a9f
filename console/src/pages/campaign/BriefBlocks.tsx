import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Form, Input } from 'antd'
import { limits } from '@/api/limits.gen'
import { useT } from '@/i18n/useT'
import { Section } from '@/parts/record/Section'
import { BlockText } from './BlockText'
import type { Fact } from './briefApi'

/** The sections of a brief: a heading and paragraphs each. */
export function BriefBlocks({ facts }: { facts: Fact[] }) {
  const t = useT()
  return (
    <Form.List name="blocks">
      {(entries, { add, remove, move }, { errors }) => (
        <>
          {entries.map(({ key, name }) => (
            <Section
              key={key}
              title={t(`第 ${name + 1} 节`, `Section ${name + 1}`)}
              extra={
                <>
                  <Button
                    type="text"
                    size="small"
                    disabled={name === 0}
                    aria-label={t(`上移第 ${name + 1} 节`, `Move section ${name + 1} up`)}
                    onClick={() => move(name, name - 1)}
                  >
                    ↑
                  </Button>
                  <Button
                    type="text"
                    size="small"
                    icon={<DeleteOutlined />}
                    aria-label={t(`删除第 ${name + 1} 节`, `Remove section ${name + 1}`)}
                    onClick={() => remove(name)}
                  />
                </>
              }
            >
              <Form.Item name={[name, 'heading']} label={t('小标题', 'Heading')} required>
                <Input maxLength={limits.CampaignBlock.heading} />
              </Form.Item>
              <Form.Item name={[name, 'text']} label={t('内容', 'Text')}>
                <BlockText facts={facts} />
              </Form.Item>
            </Section>
          ))}
          <Form.ErrorList errors={errors} />
          <Button icon={<PlusOutlined />} onClick={() => add({ heading: '', text: '' })}>
            {t('加一节', 'Add a section')}
          </Button>
        </>
      )}
    </Form.List>
  )
}
