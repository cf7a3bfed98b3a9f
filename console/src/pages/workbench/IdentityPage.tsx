import { Button, Space } from 'antd'
import { useState } from 'react'
import type { RowOf } from '@/api/answers'
import { api } from '@/api/client'
import type { Translate } from '@/i18n/text'
import { useT } from '@/i18n/useT'
import { type CaseWords, useCaseWords } from '@/pages/cases/useCaseWords'
import { wordOf } from '@/pages/cases/words'
import { ConfirmReason } from '@/parts/feedback/ConfirmReason'
import type { Column } from '@/parts/list/column'
import type { Filter } from '@/parts/list/filters'
import { ListPage } from '@/parts/list/ListPage'
import { StateTag, type Tone } from '@/parts/record/StateTag'
import { When } from '@/parts/record/When'

const path = '/api/v1/identity/requests'

type Asked = RowOf<typeof path>

interface Deciding {
  request: Asked
  grant: boolean
}

/** The requests to learn who reported, for the custodian, who sees neither case nor reporter. */
export default function IdentityPage() {
  const t = useT()
  const words = useCaseWords()
  const [deciding, setDeciding] = useState<Deciding>()
  return (
    <>
      <ListPage
        id="workbench.identity"
        title={t('身份查看审批', 'Requests for identities')}
        path={path}
        filters={filters(t)}
        columns={columns(t, words, setDeciding)}
        keyOf={(row) => row.id}
        empty={{
          title: t('没有待审批的申请', 'No requests wait'),
          hint: t(
            '廉洁线索的办理人申请查看诉求人姓名和电话时，会出现在这里，等您决定。',
            'When somebody who works on an integrity clue asks to see name and telephone of its reporter, it appears here for you to decide.',
          ),
        }}
      />
      {deciding && <Decision {...deciding} onClose={() => setDeciding(undefined)} />}
    </>
  )
}

function Decision({ request, grant, onClose }: Deciding & { onClose: () => void }) {
  const t = useT()
  return (
    <ConfirmReason
      name={`identity.${request.id}.${grant ? 'grant' : 'refuse'}`}
      title={grant ? t('批准查看', 'Approve') : t('不予批准', 'Refuse')}
      question={
        grant
          ? t(
              `只有${request.requester}可以在有效期内查看 ${request.number} 诉求人的姓名和电话，诉求人会看到。`,
              `Only ${request.requester} may see name and telephone of the reporter of ${request.number}, for a limited time; the reporter is told.`,
            )
          : t(
              `${request.requester}会收到通知，可以补充理由后重新申请。`,
              `${request.requester} is told, and may ask again with better reasons.`,
            )
      }
      reason="required"
      danger={!grant}
      confirmLabel={grant ? t('批准', 'Approve') : t('不批准', 'Refuse')}
      confirm={async (reason) => {
        await api.POST('/api/v1/identity/requests/{request}/decision', {
          params: { path: { request: request.id } },
          body: { grant, reason },
        })
      }}
      onClose={onClose}
    />
  )
}

function filters(t: Translate): Filter[] {
  return [{ kind: 'flag', name: 'over', label: t('已有结论的', 'Decided or lapsed') }]
}

function columns(
  t: Translate,
  { categories, purposes }: CaseWords,
  decide: (one: Deciding) => void,
): Column<Asked>[] {
  return [
    {
      key: 'number',
      title: t('编号', 'Number'),
      primary: true,
      cell: (row) => <span className="qf-number">{row.number}</span>,
    },
    {
      key: 'category',
      title: t('类别', 'Category'),
      cell: (row) => t(wordOf(categories, row.category)),
    },
    {
      key: 'requester',
      title: t('申请人', 'Asked by'),
      long: true,
      cell: (row) => (
        <>
          {row.requester}
          <div className="qf-faint">{row.unit}</div>
          <div className="qf-faint">
            <When at={row.asked_at} />
          </div>
        </>
      ),
    },
    {
      key: 'reason',
      title: t('用途和理由', 'Purpose and reason'),
      long: true,
      cell: (row) => (
        <>
          <strong>{t(wordOf(purposes, row.purpose))}</strong>
          <div>{row.reason}</div>
        </>
      ),
    },
    {
      key: 'decision',
      title: t('审批', 'Decision'),
      long: true,
      cell: (row) => answer(t, row, decide),
    },
  ]
}

const tones: Record<Asked['state'], Tone> = {
  pending: 'warn',
  granted: 'good',
  refused: 'bad',
  lapsed: 'neutral',
}

/** What was decided, or the buttons by which it is. */
function answer(t: Translate, row: Asked, decide: (one: Deciding) => void) {
  const states: Record<Asked['state'], string> = {
    pending: t('待审批', 'Waiting'),
    granted: t('已批准', 'Approved'),
    refused: t('未批准', 'Refused'),
    lapsed: t('已失效', 'Lapsed'),
  }
  if (row.state !== 'pending') {
    return (
      <>
        <StateTag tone={tones[row.state]}>{states[row.state]}</StateTag> {row.decided_by}{' '}
        <When at={row.decided_at} />
        {row.decision && <div>{row.decision}</div>}
        {row.opened_at && (
          <div className="qf-faint">
            {t('已查看', 'Made use of')} <When at={row.opened_at} />
          </div>
        )}
      </>
    )
  }
  return (
    <>
      {row.own ? (
        <StateTag tone="neutral">
          {t('您提出的，由他人审批', 'Yours: somebody else decides')}
        </StateTag>
      ) : (
        <Space>
          <Button size="small" type="primary" onClick={() => decide({ request: row, grant: true })}>
            {t('批准', 'Approve')}
          </Button>
          <Button size="small" danger onClick={() => decide({ request: row, grant: false })}>
            {t('不批准', 'Refuse')}
          </Button>
        </Space>
      )}
      <div className="qf-faint">
        {t('失效时间', 'Lapses')} <When at={row.lapses_at} />
      </div>
    </>
  )
}
