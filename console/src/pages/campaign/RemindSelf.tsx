import { useQueryClient } from '@tanstack/react-query'
import { App } from 'antd'
import { useT } from '@/i18n/useT'
import { ConfirmReason } from '@/parts/feedback/ConfirmReason'
import { remindSelf } from './selfcheckApi'

interface RemindSelfProps {
  id: string
  /** None means all that sent nothing. */
  units: string[]
  /** How many sent nothing. */
  left: number
  onClose: () => void
}

/** Reminds who sent nothing, and tells who has to be called instead. */
export function RemindSelf({ id, units, left, onClose }: RemindSelfProps) {
  const t = useT()
  const queries = useQueryClient()
  const { message, modal } = App.useApp()
  const n = units.length
  return (
    <ConfirmReason
      name={`selfcheck.remind.${id}`}
      title={t('催报', 'Remind')}
      question={
        n > 0
          ? t(
              `给所选 ${n} 家中没有提交的机构的联络员发通知。`,
              `Those of the ${n} chosen that sent nothing are told.`,
            )
          : t(
              `给没有提交的 ${left} 家机构的联络员发通知。`,
              `The coordinators of ${left} institutions that sent nothing are told.`,
            )
      }
      confirmLabel={t('发送', 'Send')}
      confirm={async () => {
        const { institutions, unreached } = await remindSelf(id, units)
        const told = institutions - unreached.length
        await queries.invalidateQueries({ queryKey: ['campaign', id] })
        if (unreached.length === 0) message.success(t(`已催报 ${told} 家`, `${told} reminded`))
        else {
          modal.warning({
            title: t(
              `已催报 ${told} 家；${unreached.length} 家没有人有账号，请打电话`,
              `${told} reminded; at ${unreached.length} nobody has an account: please call them`,
            ),
            content: (
              <ul className="qf-bulk-refused">
                {unreached.map((name) => (
                  <li key={name}>{name}</li>
                ))}
              </ul>
            ),
          })
        }
      }}
      onClose={onClose}
    />
  )
}
