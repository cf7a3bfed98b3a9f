import { Checkbox, Form, Input, InputNumber, Select } from 'antd'
import type { ReactNode } from 'react'
import { useT } from '@/i18n/useT'
import type { FieldSchema } from '@/parts/answer/schema'
import { choicesAbove, isRequired, renamed, withFieldAs, withRequired, withWhen } from './draft'
import { Labelled } from './Labelled'
import { OptionsEditor } from './OptionsEditor'
import type { DraftProps } from './SectionEditor'

interface FieldEditorProps extends DraftProps {
  id: string
  field: FieldSchema
  onRename: (id: string) => void
}

/** All that can be said of one field. */
export function FieldEditor(props: FieldEditorProps) {
  const { id, field, draft, published, onChange, onRename } = props
  const t = useT()
  const set: Set = (change) => onChange(withFieldAs(draft, id, change))
  const label = field['x-label']
  const help = field['x-help'] ?? { zh: '', en: '' }
  const setHelp = (change: Partial<typeof help>) => {
    const next = { ...help, ...change }
    set({ 'x-help': next.zh || next.en ? next : undefined })
  }
  return (
    <Form component="div" layout="vertical" className="qf-field-editor">
      <Words
        label={t('题目', 'Question')}
        value={label}
        onChange={(x) => set({ 'x-label': { ...label, ...x } })}
      />
      <Words label={t('填写说明', 'Help')} value={help} onChange={setHelp} />
      <KindEditor field={field} set={set} />
      {field['x-kind'] !== 'computed' && (
        <Form.Item>
          <Checkbox
            checked={isRequired(draft, id)}
            onChange={({ target }) => onChange(withRequired(draft, id, target.checked))}
          >
            {t('必填', 'Required')}
          </Checkbox>
        </Form.Item>
      )}
      <WhenEditor {...props} />
      <Labelled
        label={t('字段名', 'Name of the field')}
        extra={t(
          '算式和导出用它；发布后不能改。',
          'Formulas and exports use it; it stays once it is published.',
        )}
      >
        <Input
          key={id}
          defaultValue={id}
          disabled={published.includes(id)}
          onBlur={({ target }) => {
            const next = renamed(draft, id, target.value.trim())
            if (next === draft) return
            onRename(target.value.trim())
            onChange(next)
          }}
        />
      </Labelled>
    </Form>
  )
}

type Set = (change: { [K in keyof FieldSchema]?: FieldSchema[K] | undefined }) => void

interface WordsProps {
  label: string
  value: { zh: string; en: string }
  onChange: (change: { zh?: string; en?: string }) => void
}

/** A text in both languages. */
function Words({ label, value, onChange }: WordsProps) {
  const t = useT()
  return (
    <div className="qf-two">
      <Labelled label={t(`${label}（中文）`, `${label} (Chinese)`)}>
        <Input value={value.zh} onChange={({ target }) => onChange({ zh: target.value })} />
      </Labelled>
      <Labelled label={t(`${label}（英文）`, `${label} (English)`)}>
        <Input value={value.en} onChange={({ target }) => onChange({ en: target.value })} />
      </Labelled>
    </div>
  )
}

interface KindEditorProps {
  field: FieldSchema
  set: Set
}

/** What can be said of a field of its kind alone. */
function KindEditor(props: KindEditorProps) {
  const { field, set } = props
  const t = useT()
  switch (field['x-kind']) {
    case 'text':
      return (
        <>
          <Form.Item>
            <Checkbox
              checked={field['x-long'] ?? false}
              onChange={({ target }) => set({ 'x-long': target.checked || undefined })}
            >
              {t('多行文字', 'Several lines')}
            </Checkbox>
          </Form.Item>
          <Bounds {...props} keys={['minLength', 'maxLength']} of={t('字数', 'Characters')} />
        </>
      )
    case 'number':
      return (
        <>
          <UnitEditor {...props} />
          <Bounds {...props} keys={['minimum', 'maximum']} of={t('数值', 'Value')} />
        </>
      )
    case 'money':
      return <MoneyEditor {...props} />
    case 'choice':
      return (
        <>
          <OptionsEditor
            options={field['x-options'] ?? []}
            onChange={(options) => set({ 'x-options': options })}
          />
          <Form.Item>
            <Checkbox
              checked={field['x-many'] ?? false}
              onChange={({ target }) =>
                set({
                  'x-many': target.checked || undefined,
                  minItems: undefined,
                  maxItems: undefined,
                })
              }
            >
              {t('可多选', 'Several may be chosen')}
            </Checkbox>
          </Form.Item>
        </>
      )
    case 'file':
      return <Bounds {...props} keys={['minItems', 'maxItems']} of={t('文件数', 'Files')} />
    case 'computed':
      return <FormulaEditor {...props} />
    default:
      return null
  }
}

interface BoundsProps extends KindEditorProps {
  keys: readonly [BoundKey, BoundKey]
  of: string
  /** How many of what is kept make one of what is typed. */
  per?: number
}

type BoundKey = 'minLength' | 'maxLength' | 'minimum' | 'maximum' | 'minItems' | 'maxItems'

function Bounds({ field, set, keys, of, per = 1 }: BoundsProps) {
  const t = useT()
  const words = [t('最小', 'least'), t('最大', 'most')]
  return (
    <div className="qf-two">
      {keys.map((key, i) => {
        const bound = field[key]
        return (
          <Labelled key={key} label={`${of} · ${words[i]}`}>
            <InputNumber
              className="qf-wide"
              value={bound === undefined ? null : bound / per}
              onChange={(typed) =>
                set({ [key]: typed === null ? undefined : Math.round(typed * per * 1e4) / 1e4 })
              }
            />
          </Labelled>
        )
      })}
    </div>
  )
}

function UnitEditor({ field, set }: KindEditorProps) {
  const t = useT()
  const unit = field['x-unit'] ?? { zh: '', en: '' }
  const setUnit = (change: Partial<typeof unit>) => {
    const next = { ...unit, ...change }
    set({ 'x-unit': next.zh || next.en ? next : undefined })
  }
  return (
    <>
      <Words label={t('单位', 'Unit')} value={unit} onChange={setUnit} />
      <Labelled label={t('小数位数', 'Decimals')}>
        <Select
          value={field['x-decimals'] ?? (field['x-kind'] === 'computed' ? 2 : 0)}
          options={[0, 1, 2, 3, 4].map((value) => ({ value, label: String(value) }))}
          onChange={(decimals) => set({ 'x-decimals': decimals })}
        />
      </Labelled>
    </>
  )
}

function MoneyEditor(props: KindEditorProps) {
  const { field, set } = props
  const t = useT()
  const wan = field['x-in'] === 'wan'
  const unit = wan ? t('万元', '10,000 yuan') : t('元', 'yuan')
  return (
    <>
      <Labelled label={t('填写单位', 'Entered in')}>
        <Select
          value={field['x-in'] ?? 'yuan'}
          options={[
            { value: 'yuan' as const, label: t('元', 'yuan') },
            { value: 'wan' as const, label: t('万元', '10,000 yuan') },
          ]}
          onChange={(value) => set({ 'x-in': value })}
        />
      </Labelled>
      <Bounds
        {...props}
        keys={['minimum', 'maximum']}
        of={t(`金额（${unit}）`, `Amount (${unit})`)}
        per={wan ? 1_000_000 : 100}
      />
    </>
  )
}

function FormulaEditor(props: KindEditorProps) {
  const { field, set } = props
  const t = useT()
  const money = field['x-of'] === 'money'
  const ofMoney = { 'x-unit': undefined, 'x-decimals': undefined }
  return (
    <>
      <Labelled
        label={t('算式', 'Formula')}
        extra={t(
          '用字段名、数字、+ - * / ( ) 和 sum(a, b)；除以 0 时为空。要求 b 不大于 a：算式写 a - b，最小填 0。',
          'Names of fields, numbers, + - * / ( ) and sum(a, b); a division by 0 gives nothing. Where b is to be at most a: write a - b, and 0 as the least.',
        )}
      >
        <Input
          value={field['x-formula'] ?? ''}
          onChange={({ target }) => set({ 'x-formula': target.value })}
        />
      </Labelled>
      <Labelled label={t('结果', 'Result')}>
        <Select
          value={field['x-of'] ?? 'number'}
          options={[
            { value: 'number' as const, label: t('数字', 'Number') },
            { value: 'money' as const, label: t('金额', 'Money') },
          ]}
          onChange={(of) =>
            set({
              'x-of': of,
              minimum: undefined,
              maximum: undefined,
              ...(of === 'money' && ofMoney),
            })
          }
        />
      </Labelled>
      {!money && <UnitEditor {...props} />}
      <Bounds
        {...props}
        keys={['minimum', 'maximum']}
        of={money ? t('金额（元）', 'Amount (yuan)') : t('数值', 'Value')}
        per={money ? 100 : 1}
      />
    </>
  )
}

/** Under which answer to an earlier choice the field is asked. */
function WhenEditor({ id, field, draft, onChange }: FieldEditorProps): ReactNode {
  const t = useT()
  const when = field['x-when']
  const above = choicesAbove(draft, id)
  if (above.length === 0 && !when) return null
  const options = (of: string) => draft.properties[of]?.['x-options'] ?? []
  return (
    <div className="qf-two">
      <Labelled label={t('显示条件', 'Asked when')}>
        <Select
          allowClear
          placeholder={t('总是显示', 'Always')}
          value={when?.field ?? null}
          options={above.map((one) => ({
            value: one,
            label: t(draft.properties[one]?.['x-label'] ?? { zh: one, en: one }),
          }))}
          onChange={(of) =>
            onChange(
              withWhen(
                draft,
                id,
                of ? { field: of, equals: options(of)[0]?.code ?? '' } : undefined,
              ),
            )
          }
        />
      </Labelled>
      {when && (
        <Labelled label={t('回答为', 'Answered by')}>
          <Select
            value={when.equals}
            options={options(when.field).map((one) => ({ value: one.code, label: t(one) }))}
            onChange={(equals) => onChange(withWhen(draft, id, { ...when, equals }))}
          />
        </Labelled>
      )}
    </div>
  )
}
