import { Form, Input } from 'antd'
import { api, read } from '@/api/client'
import { limits } from '@/api/limits.gen'
import { useT } from '@/i18n/useT'
import { NodePicker } from '@/pages/org/NodePicker'
import type { Schemas } from '@/pages/system/schemas'
import { DateField } from '@/parts/fields/DateField'
import { FormDrawer } from '@/parts/form/FormDrawer'
import { wallClock } from '@/time/shanghai'
import { useGo } from '@/url/useGo'
import type { UrlForm } from '@/url/useUrlForm'
import type { Monitor } from './inspectionApi'

type Written = Schemas['InspectionMonitorInput']

interface MonitorFormProps {
  url: UrlForm
  /** Whom to change; absent: somebody new. */
  monitor?: Monitor
}

/** Puts a social supervisor on the roster, or changes what is on record. */
export function MonitorForm({ url, monitor }: MonitorFormProps) {
  const t = useT()
  const go = useGo()
  const max = limits.InspectionMonitorInput
  return (
    <FormDrawer<Written, Monitor>
      name={`inspection.monitor.${monitor?.id ?? 'new'}`}
      title={
        monitor ? t('修改名册', 'Change the roster') : t('聘请社会监督员', 'Recruit a supervisor')
      }
      url={url}
      {...(monitor && { initial: written(monitor) })}
      submit={(body) =>
        monitor
          ? read(
              api.POST('/api/v1/inspection/monitors/{id}', {
                params: { path: { id: monitor.id } },
                body: {
                  ...body,
                  districts: body.district === monitor.district ? monitor.districts : [],
                },
              }),
            )
          : read(api.POST('/api/v1/inspection/monitors', { body }))
      }
      onDone={(one) => go(`/inspection/monitors/${one.id}`)}
    >
      <Form.Item name="name" label={t('姓名', 'Name')} required>
        <Input maxLength={max.name} />
      </Form.Item>
      <Form.Item
        name="phone"
        label={t('手机号', 'Telephone')}
        required
        extra={t(
          '首次打开个人链接时，用后四位核对本人。',
          'The first opening of the link asks for its last four digits.',
        )}
      >
        <Input maxLength={max.phone} inputMode="tel" />
      </Form.Item>
      <Form.Item name="walk" label={t('身份或界别', 'Walk of life')} required>
        <Input
          maxLength={max.walk}
          placeholder={t('如：人大代表、退休教师', 'A retired teacher, for instance')}
        />
      </Form.Item>
      <Form.Item name="district" label={t('监督区域', 'Where they visit')} required>
        <NodePicker />
      </Form.Item>
      <Form.Item name="recruited_by" label={t('聘请单位', 'Recruited by')} required>
        <Input maxLength={max.recruited_by} />
      </Form.Item>
      <Form.Item name="recruited_on" label={t('聘请日期', 'Recruited on')} required>
        <DateField />
      </Form.Item>
      <Form.Item
        name="trained_on"
        label={t('培训日期', 'Trained on')}
        extra={t('没有培训的人不能指派任务。', 'Nobody is assigned untrained.')}
      >
        <DateField />
      </Form.Item>
      <Form.Item name="training" label={t('培训内容', 'Trained in')}>
        <Input maxLength={max.training} />
      </Form.Item>
      <Form.Item name="term_from" label={t('聘期自', 'Term from')} required>
        <DateField />
      </Form.Item>
      <Form.Item name="term_until" label={t('聘期至', 'Term until')} required>
        <DateField />
      </Form.Item>
    </FormDrawer>
  )
}

/** What is on record, as the form writes it. */
function written(one: Monitor): Partial<Written> {
  return {
    name: one.name,
    phone: one.phone,
    walk: one.walk,
    district: one.district,
    recruited_by: one.recruited_by,
    recruited_on: day(one.recruited_on),
    training: one.training,
    term_from: day(one.term_from),
    term_until: day(one.term_until),
    ...(one.trained_on && { trained_on: day(one.trained_on) }),
  }
}

function day(at: string) {
  return wallClock(at).format('YYYY-MM-DD')
}
