import { useQuery } from '@tanstack/react-query'
import { Form, Input } from 'antd'
import { api, read } from '@/api/client'
import { limits } from '@/api/limits.gen'
import { useT } from '@/i18n/useT'
import { NodePicker } from '@/pages/org/NodePicker'
import { DateField } from '@/parts/fields/DateField'
import { LongText } from '@/parts/fields/LongText'
import { FormDrawer } from '@/parts/form/FormDrawer'
import { Timeline } from '@/parts/record/Timeline'
import type { UrlForm } from '@/url/useUrlForm'
import { PartField } from './PartField'
import { SpecValue } from './PartValue'
import { RowsField } from './RowsField'
import type { Schemas } from './schemas'
import { type Spec, specOf } from './settingSpec'
import { editable, typedValue } from './settingValue'

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
  const spec = specOf(key, inForce.value)
  const start = spec ? inForce.value : editable(inForce.value)
  const submit = ({ value, ...rest }: Change) =>
    read(
      api.POST('/api/v1/settings/{key}', {
        params: { path: { key } },
        body: { ...rest, seen: latest, value: spec ? value : typedValue(value) },
      }),
    )
  return (
    <FormDrawer<Change, unknown>
      name={`system.setting.${key}.${latest}`}
      title={t(setting.text)}
      url={url}
      width={760}
      initial={{ value: start, scope }}
      submit={submit}
    >
      <ValueFields spec={spec} unit={t(setting.unit)} />
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
        <Input maxLength={limits.SystemChangeBody.source} />
      </Form.Item>
      <Form.Item name="reason" label={t('理由', 'Reason')} required>
        <LongText rows={2} />
      </Form.Item>
      <History settingKey={key} spec={spec} />
    </FormDrawer>
  )
}

interface ValueFieldsProps {
  spec: Spec | undefined
  unit: string
}

/** The value as the form of its own shape; one that has none is edited as JSON. */
function ValueFields({ spec, unit }: ValueFieldsProps) {
  const t = useT()
  const label = unit ? t(`新的值（${unit}）`, `New value (${unit})`) : t('新的值', 'New value')
  if (!spec) {
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
  if (spec.kind === 'rows') {
    return (
      <Form.Item name="value" label={label} required>
        <RowsField columns={spec.columns} />
      </Form.Item>
    )
  }
  if (spec.kind === 'fields') {
    return spec.fields.map((field) => (
      <Form.Item
        key={field.name}
        name={['value', field.name]}
        label={t(field.label)}
        {...(field.hint && { extra: t(field.hint) })}
      >
        <PartField part={field} />
      </Form.Item>
    ))
  }
  return (
    <Form.Item name="value" label={label} required>
      <PartField part={spec} />
    </Form.Item>
  )
}

function History({ settingKey, spec }: { settingKey: string; spec: Spec | undefined }) {
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
            title: spec ? <SpecValue spec={spec} value={version.value} /> : editable(version.value),
            actor: version.changed_by_name,
            detail: [version.reason, version.source].filter(Boolean).join('\n'),
          }))}
        />
      )}
    </section>
  )
}
