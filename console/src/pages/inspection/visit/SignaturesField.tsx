import { Alert, Button, Input } from 'antd'
import { useId } from 'react'
import { useT } from '@/i18n/useT'
import { SignaturePad } from '@/parts/answer/SignaturePad'
import { Section } from '@/parts/record/Section'
import type { PackedTask, Signed } from './visit'

type Member = NonNullable<PackedTask['team']>[number]

interface SignaturesFieldProps {
  team: Member[]
  /** The account that hands the visit in: its person may type the own name. */
  me: string
  signed: Record<string, Signed>
  disabled: boolean
  /** What was signed is not what stands there now. */
  unsigned: boolean
  onChange: (signed: Record<string, Signed>) => void
}

/** Where the inspectors sign, one below the other; two have to. */
export function SignaturesField(props: SignaturesFieldProps) {
  const { team, me, signed, disabled, unsigned, onChange } = props
  const t = useT()
  return (
    <Section title={t('检查人员签名（两人）', 'Signatures of two inspectors')}>
      {unsigned && (
        <Alert
          type="warning"
          showIcon
          title={t(
            '签名之后内容改过，原来的签名已作废，请重新签名',
            'What was signed has been changed, so the signatures are dropped; please sign again',
          )}
        />
      )}
      {team.map((one) => (
        <Sign
          key={one.officer_id}
          name={one.name}
          own={one.staff_id === me}
          value={signed[one.officer_id]}
          disabled={disabled}
          onChange={(value) => {
            const { [one.officer_id]: _, ...others } = signed
            const at = new Date().toISOString()
            onChange(value ? { ...others, [one.officer_id]: { ...value, at } } : others)
          }}
        />
      ))}
    </Section>
  )
}

interface SignProps {
  name: string
  own: boolean
  value: Signed | undefined
  disabled: boolean
  onChange: (value: Signed | undefined) => void
}

function Sign({ name, own, value, disabled, onChange }: SignProps) {
  const t = useT()
  const id = useId()
  return (
    <div className="qf-visit-sign">
      {own ? <label htmlFor={id}>{name}</label> : <span>{name}</span>}
      {value?.file ? (
        <div className="qf-signature-done">
          {t('已签名', 'Signed')}
          {!disabled && (
            <Button onClick={() => onChange(undefined)}>{t('重新签名', 'Sign again')}</Button>
          )}
        </div>
      ) : (
        <>
          {!disabled && !(own && value?.name) && (
            <SignaturePad onDrawn={(file) => onChange({ file })} />
          )}
          {own && (
            <Input
              id={id}
              disabled={disabled}
              value={value?.name ?? ''}
              maxLength={100}
              placeholder={t(
                '不便手写时，输入本人姓名确认',
                'If you cannot draw, type your own name',
              )}
              onChange={({ target }) => onChange(target.value ? { name: target.value } : undefined)}
            />
          )}
        </>
      )}
    </div>
  )
}
