import { Button, Result } from 'antd'
import { useT } from '@/i18n/useT'
import { When } from '@/parts/record/When'
import { InnerLink } from '@/url/InnerLink'
import type { Entered } from './entryApi'
import { Receipt } from './Receipt'

interface EntryDoneProps {
  entered: Entered
  onNext: () => void
}

/** The receipt to be read out, and the way to the next report: Enter. */
export function EntryDone({ entered, onNext }: EntryDoneProps) {
  const t = useT()
  return (
    <Result
      status="success"
      title={t('已登记', 'Entered')}
      subTitle={
        <>
          <InnerLink to={`/casework/cases/${entered.case_id}`}>{entered.case_number}</InnerLink>{' '}
          {t('，最迟答复 ', ' · answer by ')}
          <When at={entered.deadline} due />
        </>
      }
      extra={
        <Button type="primary" autoFocus onClick={onNext}>
          {t('登记下一件（Enter）', 'Next report (Enter)')}
        </Button>
      }
    >
      <p>
        {t(
          '请把回执号告诉诉求人，凭它查进度、补充材料；丢失后无法找回：',
          'Tell the reporter the receipt number: it opens the case, and cannot be recovered once lost:',
        )}
      </p>
      <Receipt digits={entered.receipt} className="qf-entry-receipt" />
    </Result>
  )
}
