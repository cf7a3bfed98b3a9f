import { App, Button, Input } from 'antd'
import { asProblem } from '@/api/problem'
import { useT } from '@/i18n/useT'
import { useSupplies } from '@/parts/fields/supplies'
import { SignaturePad } from './SignaturePad'

/** A signature: a drawing that was sent ahead, or a name in its place. */
export interface Signature {
  file?: string
  name?: string
}

interface SignatureFieldProps {
  id?: string
  value?: Signature | undefined
  onChange?: (signature: Signature | undefined) => void
}

/** Takes a signature by finger, pen or mouse; who uses a keyboard types the name instead. */
export function SignatureField({ id, value, onChange }: SignatureFieldProps) {
  const t = useT()
  const { message } = App.useApp()
  const { keep } = useSupplies()
  const send = async (drawing: File) => {
    try {
      onChange?.({ file: await keep(drawing) })
    } catch (error) {
      message.error(asProblem(error).message)
    }
  }
  if (value?.file) {
    return (
      <div className="qf-signature-done">
        {t('已签名', 'Signed')}
        <Button size="small" onClick={() => onChange?.(undefined)}>
          {t('重新签名', 'Sign again')}
        </Button>
      </div>
    )
  }
  return (
    <div className="qf-signature">
      {!value?.name && <SignaturePad onDrawn={send} />}
      <Input
        {...(id && { id })}
        value={value?.name ?? ''}
        maxLength={100}
        placeholder={t('不便手写时，填写姓名代替', 'If you cannot draw, type your name instead')}
        onChange={({ target }) => onChange?.(target.value ? { name: target.value } : undefined)}
      />
    </div>
  )
}
