import { useT } from '@/i18n/useT'
import { PlainRows } from '@/parts/list/PlainRows'
import { Section } from '@/parts/record/Section'
import { named, type PenaltyDetail, useDictionary } from './sanctionApi'

type Held = NonNullable<PenaltyDetail['held']>[number]

/** The chain of responsibility, from the person concerned to the principal leader. */
export function PenaltyHeld({ detail }: { detail: PenaltyDetail }) {
  const t = useT()
  const words = useDictionary()
  const order = (words.layers ?? []).map((one) => String(one.code))
  const held = [...(detail.held ?? [])].sort(
    (a, b) => order.indexOf(a.layer) - order.indexOf(b.layer),
  )
  return (
    <Section title={t('责任链', 'Chain of responsibility')}>
      {held.length === 0 ? (
        <span className="qf-faint">{t('还没有追究责任', 'Nobody was held responsible yet')}</span>
      ) : (
        <PlainRows<Held>
          rows={held}
          keyOf={(one) => one.id}
          empty={t('还没有追究责任', 'Nobody was held responsible yet')}
          columns={[
            {
              key: 'layer',
              title: t('责任层级', 'Layer'),
              cell: (one) => t(named(words.layers, one.layer)),
            },
            {
              key: 'name',
              primary: true,
              title: t('姓名、职务', 'Name, post'),
              cell: (one) => [one.name, one.post].filter(Boolean).join(' '),
            },
            {
              key: 'measure',
              title: t('处理', 'Measure'),
              cell: (one) => t(named(words.rungs, one.measure)),
            },
            {
              key: 'reason',
              title: t('理由', 'Reason'),
              long: true,
              cell: (one) => one.reason,
            },
          ]}
        />
      )}
    </Section>
  )
}
