import { useT } from '@/i18n/useT'
import { StateTag } from '@/parts/record/StateTag'
import { When } from '@/parts/record/When'
import type { Standing } from './caseApi'
import { OpenIdentity } from './OpenIdentity'
import { useCaseWords } from './useCaseWords'
import { wordOf } from './words'

interface ReporterLineProps {
  /** The case that the person has before them. */
  id: string
  reporter: Standing
  /** Opens the form in which one says why; without it only what needs no words is offered. */
  onAsk?: ((report: string) => void) | undefined
}

/** Who the reporter is, or how the person may come to know. */
export function ReporterLine({ id, reporter, onAsk }: ReporterLineProps) {
  const t = useT()
  const { modes } = useCaseWords()
  return (
    <div className="qf-case-line">
      <span>{t(wordOf(modes, reporter.mode))}</span>
      <Known id={id} reporter={reporter} onAsk={onAsk} />
    </div>
  )
}

function Known({ id, reporter, onAsk }: ReporterLineProps) {
  const t = useT()
  const { state, until, name, phone, mode } = reporter
  switch (state) {
    case 'open':
      return (
        <>
          <strong>{[name, phone].filter(Boolean).join(' · ')}</strong>
          <span className="qf-faint">
            {t('对您显示至', 'Shown to you until')} <When at={until} />
          </span>
        </>
      )
    case 'closed':
      return <OpenIdentity id={id} reporter={reporter} onAsk={onAsk} />
    case 'approved':
      return (
        <>
          <OpenIdentity id={id} reporter={reporter} onAsk={onAsk} />
          <span className="qf-faint">
            {t('批准有效至', 'Approved until')} <When at={until} />
          </span>
        </>
      )
    case 'guarded':
      return onAsk ? (
        <OpenIdentity id={id} reporter={reporter} onAsk={onAsk} />
      ) : (
        <span className="qf-faint">
          {t('查看身份须先在诉求页面申请', 'Ask to see who it is on the page of the case')}
        </span>
      )
    case 'waiting':
      return (
        <>
          <StateTag tone="warn">{t('查看申请待审批', 'Your request waits for approval')}</StateTag>
          <span className="qf-faint">
            {t('无人审批则失效于', 'Lapses')} <When at={until} />
          </span>
        </>
      )
    case 'gone':
      return (
        <span className="qf-faint">
          {t(
            '保存期已满，姓名和电话已销毁',
            'Name and telephone were destroyed: their time is over',
          )}
        </span>
      )
    case 'hidden':
      return <span className="qf-faint">{t('身份对您不公开', 'Not disclosed to you')}</span>
    default:
      return mode === 'anonymous' ? null : (
        <span className="qf-faint">
          {t('没有留下姓名和电话', 'Left neither name nor telephone')}
        </span>
      )
  }
}
