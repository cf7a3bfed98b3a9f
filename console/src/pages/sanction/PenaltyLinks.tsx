import { Button } from 'antd'
import { useT } from '@/i18n/useT'
import { Section } from '@/parts/record/Section'
import { InnerLink } from '@/url/InnerLink'
import { StateOf } from './StateOf'
import { named, type PenaltyDetail, useDictionary } from './sanctionApi'

interface PenaltyLinksProps {
  detail: PenaltyDetail
  onPublicise: (() => void) | undefined
}

/** What is public of a penalty, and what was handed to other authorities. */
export function PenaltyLinks({ detail, onPublicise }: PenaltyLinksProps) {
  const t = useT()
  const words = useDictionary()
  const publications = detail.publications ?? []
  const transfers = detail.transfers ?? []
  return (
    <Section
      title={t('公示与移送', 'Publication and transfers')}
      extra={
        onPublicise && (
          <Button size="small" onClick={onPublicise}>
            {t('拟公示', 'Propose')}
          </Button>
        )
      }
    >
      {detail.unpublished && (
        <p>
          {t('不公示：', 'Not public: ')}
          {detail.unpublished}
        </p>
      )}
      {detail.state === 'decided' && !detail.unpublished && (
        <p className="qf-faint">
          {t('决定书送达后才能公示。', 'It can be public once the decision was served.')}
        </p>
      )}
      {publications.length + transfers.length === 0 && !detail.unpublished && (
        <span className="qf-faint">{t('还没有', 'Nothing yet')}</span>
      )}
      {publications.map((one) => (
        <p key={one.id}>
          <InnerLink to={`/publish/sanctions/${one.id}`}>{one.title}</InnerLink>{' '}
          <StateOf of="publication" state={one.state} />
        </p>
      ))}
      {transfers.map((one) => (
        <p key={one.id}>
          <InnerLink to={`/inspection/transfers/${one.id}`}>
            {one.number} {t(named(words.agencies, one.agency))}
          </InnerLink>{' '}
          <StateOf of="transfer" state={one.state} />
        </p>
      ))}
    </Section>
  )
}
