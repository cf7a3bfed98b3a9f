import { useQuery } from '@tanstack/react-query'
import { Typography } from 'antd'
import { useT } from '@/i18n/useT'
import { ProblemAlert } from '@/parts/feedback/ProblemAlert'
import { Section } from '@/parts/record/Section'
import { selfLinkOf } from './selfcheckApi'
import './selfcheck.css'

interface SelfLinkCardProps {
  id: string
  unit: string
  over: boolean
}

/** The link of an institution, to be copied or scanned. */
export function SelfLinkCard({ id, unit, over }: SelfLinkCardProps) {
  const t = useT()
  const { data, error, refetch } = useQuery(selfLinkOf(id, unit))
  return (
    <Section title={t('填报链接', 'Link')}>
      {error && <ProblemAlert error={error} onRetry={refetch} />}
      {data?.address && (
        <>
          <img
            className="qf-self-code"
            alt={t('填报二维码', 'Code of the link')}
            src={`data:image/svg+xml;utf8,${encodeURIComponent(data.code)}`}
          />
          <Typography.Paragraph copyable className="qf-self-address">
            {data.address}
          </Typography.Paragraph>
          <p className="qf-faint">
            {over
              ? t('已过截止日，链接打不开。', 'The last day is over; it opens nothing.')
              : t(
                  '拿到链接的人就能替机构填报，只发给机构的人。',
                  'Whoever has it may answer for the institution: give it to nobody else.',
                )}
          </p>
        </>
      )}
      {data && !data.address && (
        <p className="qf-faint">
          {t('链接已停用，换发后才能填报。', 'It is revoked; give another one to go on.')}
        </p>
      )}
    </Section>
  )
}
