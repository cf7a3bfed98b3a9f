import { Form, Input } from 'antd'
import { useT } from '@/i18n/useT'
import { Section } from '@/parts/record/Section'
import type { Visit } from './visit'

interface PlaceFieldsProps {
  visit: Visit
  disabled: boolean
  onChange: (part: Partial<Visit>) => void
}

/** Where it was, for who chooses to say so: no page of ours asks a browser where somebody is. */
export function PlaceFields({ visit, disabled, onChange }: PlaceFieldsProps) {
  const t = useT()
  return (
    <Section title={t('位置（选填）', 'Place, if you like')}>
      <Form component="div" layout="vertical" disabled={disabled}>
        <Form.Item label={t('纬度', 'Latitude')} htmlFor="visit-latitude">
          <Input
            id="visit-latitude"
            inputMode="decimal"
            maxLength={20}
            value={visit.latitude}
            onChange={({ target }) => onChange({ latitude: target.value.trim() })}
          />
        </Form.Item>
        <Form.Item label={t('经度', 'Longitude')} htmlFor="visit-longitude">
          <Input
            id="visit-longitude"
            inputMode="decimal"
            maxLength={20}
            value={visit.longitude}
            onChange={({ target }) => onChange({ longitude: target.value.trim() })}
          />
        </Form.Item>
      </Form>
    </Section>
  )
}
