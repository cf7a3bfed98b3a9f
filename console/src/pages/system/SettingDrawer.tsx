import { useQuery } from '@tanstack/react-query'
import { Form, Input, InputNumber, Switch } from 'antd'
import { api, read } from '@/api/client'
import { useT } from '@/i18n/useT'
import { NodePicker } from '@/pages/org/NodePicker'
import { DateField } from '@/parts/fields/DateField'
import { LongText } from '@/parts/fields/LongText'
import { FormDrawer } from '@/parts/form/FormDrawer'
import { Timeline } from '@/parts/record/Timeline'
import type { UrlForm } from '@/url/useUrlForm'
import type { Schemas } from './schemas'
import { editable, type Shape, shapeOf, typedValue } from './settingValue'

interface SettingDrawerProps {
  setting: Schemas['SystemSetting']
  /** The place for which the settings are shown. */
  scope: string
  url: UrlForm
}

interface Change {
  value: unknown
  scope: string
  effective_from?: string
  source?: string
  reason: string
}

/** The form for a new version of a setting, over the versions before it. */
export function SettingDrawer({ setting, scope, url }: SettingDrawerProps) {
  const t = useT()
  const { key, in_force: inForce, latest } = setting
  const shape = shapeOf(inForce.value)
  const start = shape === 'json' ? editable(inForce.value) : inForce.value
  const submit = ({ value, ...rest }: Change) =>
    read(
      api.POST('/api/v1/settings/{key}', {
        params: { path: { key } },
        body: { ...rest, seen: latest, value: readValue(shape, value) },
      }),
    )
  return (
    <FormDrawer<Change, unknown>
      name={`system.setting.${key}.${latest}`}
      title={t(setting.text)}
      url={url}
      width={640}
      initial={{ value: start, scope }}
      submit={submit}
    >
      <ValueField shape={shape} unit={t(setting.unit)} />
      <Form.Item name="scope" label={t('适用范围', 'Where it holds')} required>
        <NodePicker by="path" everywhere />
      </Form.Item>
      <Form.Item
        name="effective_from"
        label={t('生效日期', 'From which day')}
        extra={t('不填则立即生效。', 'At once when left empty.')}
      >
        <DateField />
      </Form.Item>
      <Form.Item name="source" label={t('依据文件', 'Rule or document')}>
        <Input maxLength={300} />
      </Form.Item>
      <Form.Item name="reason" label={t('理由', 'Reason')} required>
        <LongText rows={2} />
      </Form.Item>
      <History settingKey={key} />
    </FormDrawer>
  )
}

/** What is no JSON goes as the text that it is; the server says what is wrong with it. */
function readValue(shape: Shape, typed: unknown): unknown {
  const value = typedValue(shape, typed)
  return value === undefined ? String(typed) : value
}

function ValueField({ shape, unit }: { shape: Shape; unit: string }) {
  const t = useT()
  const label = unit ? t(`新的值（${unit}）`, `New value (${unit})`) : t('新的值', 'New value')
  switch (shape) {
    case 'number':
      return (
        <Form.Item name="value" label={label} required>
          <InputNumber className="qf-wide" />
        </Form.Item>
      )
    case 'switch':
      return (
        <Form.Item name="value" label={label} valuePropName="checked">
          <Switch checkedChildren={t('是', 'yes')} unCheckedChildren={t('否', 'no')} />
        </Form.Item>
      )
    case 'text':
      return (
        <Form.Item
          name="value"
          label={label}
          required
          extra={t(
            '时限写法：24h 小时，3d 天，15wd 工作日。',
            'Limits are written 24h, 3d, or 15wd for working days.',
          )}
        >
          <Input />
        </Form.Item>
      )
    default:
      return (
        <Form.Item
          name="value"
          label={label}
          required
          extra={t('按原有的写法修改（JSON）。', 'Keep to the way it is written (JSON).')}
        >
          <LongText rows={8} />
        </Form.Item>
      )
  }
}

function History({ settingKey }: { settingKey: string }) {
  const t = useT()
  const history = useQuery({
    queryKey: ['system', 'history', settingKey],
    queryFn: async ({ signal }) =>
      (
        await read(
          api.GET('/api/v1/settings/{key}/history', {
            params: { path: { key: settingKey } },
            signal,
          }),
        )
      ).items ?? [],
  })
  const changes = (history.data ?? []).filter((version) => version.created_at)
  return (
    <section className="qf-history">
      <h3>{t('历史版本', 'Versions')}</h3>
      {changes.length === 0 ? (
        <p className="qf-faint">
          {t('没有修改过，使用默认值。', 'Never changed; the default holds.')}
        </p>
      ) : (
        <Timeline
          entries={changes.map((version) => ({
            id: version.id,
            at: version.created_at ?? '',
            title: JSON.stringify(version.value),
            actor: version.changed_by_name,
            detail: [version.reason, version.source].filter(Boolean).join('\n'),
          }))}
        />
      )}
    </section>
  )
}
