import { Form, Modal } from 'antd'
import { useT } from '@/i18n/useT'
import { LongText } from '../fields/LongText'
import { ActionForm } from '../form/ActionForm'

interface ConfirmReasonProps {
  /** Names the draft of the reason. */
  name: string
  title: string
  /** What will happen, in one sentence. */
  question: string
  /** Whether a reason is asked for. */
  reason?: 'optional' | 'required' | undefined
  danger?: boolean | undefined
  confirmLabel?: string
  /** Does it; what it throws is shown here. */
  confirm: (reason: string) => Promise<void>
  onClose: () => void
}

/** Asks before something is done, and keeps the reason until the server has it. */
export function ConfirmReason(props: ConfirmReasonProps) {
  const { name, title, question, reason, danger = false, confirm, onClose } = props
  const t = useT()
  return (
    <Modal open title={title} footer={null} onCancel={onClose} destroyOnHidden>
      <p>{question}</p>
      <ActionForm<{ reason?: string }, void>
        name={name}
        danger={danger}
        submitLabel={props.confirmLabel ?? t('确定', 'Confirm')}
        submit={(values) => confirm(values.reason?.trim() ?? '')}
        onDone={onClose}
        onCancel={onClose}
      >
        {reason && (
          <Form.Item
            name="reason"
            label={t('理由', 'Reason')}
            required={reason === 'required'}
            extra={t(
              '会记录在案，之后不能修改。',
              'It goes into the record and cannot be changed later.',
            )}
          >
            <LongText autoFocus />
          </Form.Item>
        )}
      </ActionForm>
    </Modal>
  )
}
