import { PlusOutlined } from '@ant-design/icons'
import { Button, Checkbox, Form, Input } from 'antd'
import { useT } from '@/i18n/useT'
import type { Option } from '@/parts/answer/schema'
import { Movers } from './SectionEditor'

interface OptionsEditorProps {
  options: Option[]
  onChange: (options: Option[]) => void
}

/** The options of a choice: what they are called, in which order, and which are offered no more. */
export function OptionsEditor({ options, onChange }: OptionsEditorProps) {
  const t = useT()
  const set = (at: number, change: Partial<Option>) =>
    onChange(options.map((one, i) => (i === at ? { ...one, ...change } : one)))
  const move = (at: number, by: -1 | 1) => {
    const [one] = options.slice(at, at + 1)
    const rest = options.filter((_, i) => i !== at)
    if (one)
      onChange([...rest.slice(0, Math.max(at + by, 0)), one, ...rest.slice(Math.max(at + by, 0))])
  }
  return (
    <Form.Item label={t('选项', 'Options')}>
      <ol className="qf-fields">
        {options.map((option, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the code of an option changes while it is typed
          <li key={at} className="qf-option">
            <Input
              aria-label={t('代码', 'Code')}
              className="qf-option-code"
              value={option.code}
              onChange={({ target }) => set(at, { code: target.value })}
            />
            <Input
              aria-label={t('中文', 'Chinese')}
              value={option.zh}
              onChange={({ target }) => set(at, { zh: target.value })}
            />
            <Input
              aria-label={t('英文', 'English')}
              value={option.en}
              onChange={({ target }) => set(at, { en: target.value })}
            />
            <Checkbox
              checked={option.retired ?? false}
              onChange={({ target }) => set(at, { retired: target.checked })}
            >
              {t('停用', 'Retired')}
            </Checkbox>
            <Movers
              name={t(option)}
              onMove={(by) => move(at, by)}
              onRemove={() => onChange(options.filter((_, i) => i !== at))}
            />
          </li>
        ))}
      </ol>
      <Button
        size="small"
        icon={<PlusOutlined />}
        onClick={() => onChange([...options, { code: freeCode(options), zh: '', en: '' }])}
      >
        {t('添加选项', 'Add an option')}
      </Button>
    </Form.Item>
  )
}

function freeCode(options: Option[]): string {
  let n = options.length + 1
  while (options.some((one) => one.code === `option_${n}`)) n++
  return `option_${n}`
}
