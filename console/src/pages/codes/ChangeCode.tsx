import { useT } from '@/i18n/useT'
import { ConfirmReason } from '@/parts/feedback/ConfirmReason'
import { type CodeChange, type CodeLine, changeCode } from './codeApi'

/** Which code is to be changed, and how. */
export interface Changing {
  code: CodeLine
  change: CodeChange
}

/** Asks why a code is changed, and changes it. */
export function ChangeCode({ code, change, onClose }: Changing & { onClose: () => void }) {
  const t = useT()
  const place = `${code.institution_name} ${code.place_name}`
  const words: Record<CodeChange, [title: string, question: string]> = {
    rotate: [
      t('换码', 'Rotate the code'),
      t(
        `给“${place}”换一个新码，旧码立即失效，请尽快换上新海报。`,
        `${place} gets a new code; the old one stops working at once. Hang the new poster soon.`,
      ),
    ],
    revoke: [
      t('停用二维码', 'Revoke the code'),
      t(
        `停用“${place}”的二维码。扫到旧码的人仍可反映，但要自己选机构。`,
        `The code of ${place} ends. Who scans it can still report, but has to pick the place.`,
      ),
    ],
    replace: [
      t('补发二维码', 'Replace the code'),
      t(`给“${place}”补发一个新码。`, `${place} gets a new code.`),
    ],
  }
  const [title, question] = words[change]
  return (
    <ConfirmReason
      name={`codes.${change}.${code.id}`}
      title={title}
      question={question}
      reason="required"
      danger={change === 'revoke'}
      confirm={async (reason) => {
        await changeCode(code.id, change, reason)
      }}
      onClose={onClose}
    />
  )
}
