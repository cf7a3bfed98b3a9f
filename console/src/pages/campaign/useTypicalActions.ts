import type { ReactNode } from 'react'
import { text } from '@/i18n/text'
import { stepTypical, type TypicalDetail } from './typicalApi'
import { typicalActs } from './typicalWords'
import { recallStep, useDraftActions } from './useDraftActions'
import type { ReasonStep } from './useReasonSteps'

type Step = 'submit' | 'recall' | 'approve' | 'publish' | 'return' | 'withdraw'

/** What the person may do with a typical case; change opens the form. */
export function useTypicalActions(
  of: TypicalDetail,
  change: () => void,
): { primary: ReactNode; more: ReactNode } {
  return useDraftActions(of, { name: 'typical', steps: stepsOf(of), take: stepTypical, change })
}

function stepsOf(of: TypicalDetail): (ReasonStep & { act: Step })[] {
  const named = of.warnings.length > 0
  return [
    {
      act: 'submit',
      label: typicalActs.submit,
      question: text(
        '通知分管领导来审定；送审后要改，须先撤回。',
        'The director is told to read and approve it; to change it, take it back first.',
      ),
    },
    {
      act: 'approve',
      label: typicalActs.approve,
      question: named
        ? text(
            `文中有 ${of.warnings.length} 处可能写明了是谁。请先退给起草人修改，或说明为何可以保留。`,
            `Somebody may be named in ${of.warnings.length} places. Have it changed, or say why they may stay.`,
          )
        : text(
            '请确认已通读全文，没有写明个人或不应写明的机构。',
            'Please confirm that you have read it all, and that it names nobody it should not.',
          ),
      ...(named && { reason: 'required' as const }),
    },
    {
      act: 'publish',
      label: typicalActs.publish,
      question: text('公布后任何人都能在网上看到。', 'Everybody can read it from then on.'),
    },
    {
      act: 'return',
      label: typicalActs.return,
      question: text('退回起草人修改。', 'Who wrote it has to change it.'),
      reason: 'required',
    },
    recallStep,
    {
      act: 'withdraw',
      label: typicalActs.withdraw,
      question: text(
        '撤下后公众不再看到，也不能恢复。',
        'Nobody outside reads it any more, and it does not come back.',
      ),
      reason: 'required',
      danger: true,
    },
  ]
}
