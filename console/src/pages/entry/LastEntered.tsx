import { Alert } from 'antd'
import { useT } from '@/i18n/useT'
import type { Entered } from './entryApi'
import { Receipt } from './Receipt'

interface LastEnteredProps {
  entered: Entered
  onClose: () => void
}

/** The receipt of the report before, for whoever pressed Enter before reading it out. */
export function LastEntered({ entered, onClose }: LastEnteredProps) {
  const t = useT()
  return (
    <Alert
      type="info"
      closable={{ onClose }}
      title={
        <>
          {t('上一件 ', 'The one before: ')}
          {entered.case_number}
          {t('，回执号 ', ', receipt ')}
          <Receipt digits={entered.receipt} />
        </>
      }
    />
  )
}
