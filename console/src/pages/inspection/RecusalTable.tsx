import { Button } from 'antd'
import { useState } from 'react'
import { api, read } from '@/api/client'
import { useCan } from '@/api/useCan'
import { useT } from '@/i18n/useT'
import type { Schemas } from '@/pages/system/schemas'
import { ConfirmReason } from '@/parts/feedback/ConfirmReason'
import { PlainRows } from '@/parts/list/PlainRows'
import { StateTag } from '@/parts/record/StateTag'
import { When } from '@/parts/record/When'
import { useInspectionWords } from './useInspectionWords'

type Recused = Schemas['InspectionRecused']

interface RecusalTableProps {
  recusals: Recused[]
  /** Whom the table names: the other side of the pair. */
  of: 'officer_name' | 'target_name'
}

/** What keeps inspectors from targets, and until when. */
export function RecusalTable({ recusals, of }: RecusalTableProps) {
  const t = useT()
  const may = useCan()('inspection.manage')
  const words = useInspectionWords()
  const [ending, setEnding] = useState<Recused>()
  return (
    <>
      <PlainRows<Recused>
        rows={recusals}
        keyOf={(one) => one.id}
        linkOf={(one) =>
          of === 'officer_name'
            ? `/inspection/officers/${one.officer_id}`
            : `/inspection/targets/${one.target_id}`
        }
        empty={t('没有回避', 'None')}
        columns={[
          {
            key: 'who',
            primary: true,
            title: of === 'officer_name' ? t('检查人员', 'Inspector') : t('检查对象', 'Target'),
            cell: (one) => one[of],
          },
          {
            key: 'kind',
            title: t('情形', 'Ground'),
            cell: (one) => words.name('recusals', one.kind),
          },
          {
            key: 'since',
            title: t('自', 'From'),
            cell: (one) => <When at={one.since} precision="date" />,
          },
          {
            key: 'until',
            title: t('至', 'Until'),
            cell: (one) => <When at={one.until} precision="date" />,
          },
          { key: 'reason', title: t('说明', 'Reason'), cell: (one) => one.reason },
          {
            key: 'end',
            title: t('解除', 'Ended'),
            cell: (one) =>
              one.ended_at ? (
                <StateTag>{t('已解除', 'Ended')}</StateTag>
              ) : (
                may && (
                  <Button size="small" onClick={() => setEnding(one)}>
                    {t('解除', 'End')}
                  </Button>
                )
              ),
          },
        ]}
      />
      {ending && (
        <ConfirmReason
          name={`inspection.recusal.${ending.id}`}
          title={t('解除回避', 'End the recusal')}
          question={`${ending.officer_name} — ${ending.target_name}`}
          reason="required"
          confirm={async (reason) => {
            const params = { path: { id: ending.id } }
            await read(
              api.POST('/api/v1/inspection/recusals/{id}/end', { params, body: { reason } }),
            )
          }}
          onClose={() => setEnding(undefined)}
        />
      )}
    </>
  )
}
