import { Button } from 'antd'
import type { ReactNode } from 'react'
import { text } from '@/i18n/text'
import { useT } from '@/i18n/useT'
import { useGo } from '@/url/useGo'
import { type BriefDetail, stepBrief } from './briefApi'
import { briefActs } from './briefWords'
import { recallStep, useDraftActions } from './useDraftActions'
import type { ReasonStep } from './useReasonSteps'

type Step = 'submit' | 'recall' | 'sign' | 'issue' | 'return'

/** What the person may do with a brief: the next step first, the document beside it. */
export function useBriefActions(of: BriefDetail): { primary: ReactNode; more: ReactNode } {
  const t = useT()
  const go = useGo()
  return useDraftActions(of, {
    name: 'brief',
    steps: stepsOf(of),
    take: stepBrief,
    change: () => go(`/campaign/list/${of.campaign_id}/briefs/${of.id}/edit`),
    beside: (
      <Button href={`/api/v1/briefs/${of.id}/docx`} download>
        {t('下载文件', 'Download')}
      </Button>
    ),
  })
}

function stepsOf(of: BriefDetail): (ReasonStep & { act: Step })[] {
  const early = of.kind === 'summary' && !of.over
  return [
    {
      act: 'submit',
      label: briefActs.submit,
      question: text(
        '通知分管领导来审阅签发；送审后要改，须先撤回。',
        'The director is told to read and sign it; to change it, take it back first.',
      ),
    },
    {
      act: 'sign',
      label: briefActs.sign,
      question: early
        ? text(
            '各阶段尚未结束，提前签发总结请说明原因。签发后不能再改。',
            'The stages are not over: please say why the summary is signed before that. It cannot be changed afterwards.',
          )
        : text(
            '签发后文字和数据固定下来，要改须先退回。',
            'Its words and figures stand once it is signed; to change it, it is sent back first.',
          ),
      ...(early && { reason: 'required' as const }),
    },
    {
      act: 'issue',
      label: briefActs.issue,
      question:
        of.kind === 'summary'
          ? text('印发后不能再改。', 'It cannot be changed once it is issued.')
          : text(
              `印发为第${of.document.issue}期，之后不能再改。`,
              `It becomes No. ${of.document.issue} and cannot be changed afterwards.`,
            ),
    },
    {
      act: 'return',
      label: briefActs.return,
      question: text('退回起草人修改。', 'Who drafted it has to change it.'),
      reason: 'required',
    },
    recallStep,
  ]
}
