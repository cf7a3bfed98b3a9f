import { useQuery } from '@tanstack/react-query'
import { useCan } from '@/api/useCan'
import { useT } from '@/i18n/useT'
import { useCampaignFact } from '@/pages/campaign/CampaignLink'
import { taskQuery } from '@/pages/inspection/inspectionApi'
import { problemLink, problemQuery } from '@/pages/rectify/rectifyApi'
import { NodeName } from '@/parts/fields/NodeName'
import { Facts } from '@/parts/record/Facts'
import { Section } from '@/parts/record/Section'
import { When } from '@/parts/record/When'
import { InnerLink } from '@/url/InnerLink'
import { named, type PenaltyDetail, useDictionary } from './sanctionApi'
import { violationName } from './violationName'

/** Who did what, against which law, and who found it. */
export function PenaltyFacts({ detail }: { detail: PenaltyDetail }) {
  const t = useT()
  const words = useDictionary()
  const campaign = useCampaignFact(detail.campaign_id)
  const day = (at: string | undefined) => <When at={at} precision="date" />
  return (
    <Section title={t('案情', 'The case')}>
      <Facts
        facts={[
          {
            label: t('对象', 'Subject'),
            value: (
              <InnerLink to={`/inspection/credit/${detail.subject_id}`}>{detail.name}</InnerLink>
            ),
          },
          { label: t('类型', 'Kind'), value: t(named(words.kinds, detail.subject_kind)) },
          ...(detail.certificate
            ? [{ label: t('证书编号', 'Certificate'), value: detail.certificate }]
            : []),
          { label: t('所在', 'Where'), value: <NodeName node={detail.path} /> },
          {
            label: t('违规类别', 'Violations'),
            value: (detail.violations ?? [])
              .map((code) => t(violationName(words.violations, code)))
              .join(t('；', '; ')),
            wide: true,
          },
          { label: t('违法事实', 'What was done'), value: detail.facts, wide: true },
          { label: t('法律依据', 'Law'), value: detail.basis, wide: true },
          ...campaign,
          ...(detail.source_id && origins[detail.source]
            ? [{ label: t('来源', 'From'), value: <From detail={detail} />, wide: true }]
            : []),
          { label: t('发现', 'Found'), value: day(detail.found_on) },
          {
            label: t('行为终了', 'The act ended'),
            value: detail.ended_on ? day(detail.ended_on) : t('仍在继续', 'It goes on'),
          },
          { label: t('立案', 'Filed'), value: day(detail.filed_on) },
          { label: t('告知', 'Notice'), value: day(detail.notice_on) },
          {
            label: t('执法人员', 'Officers'),
            value: (detail.officers ?? [])
              .map(({ name, certificate }) =>
                t(`${name}（${certificate}）`, `${name} (${certificate})`),
              )
              .join(t('、', ', ')),
            wide: true,
          },
        ]}
      />
    </Section>
  )
}

/** The records for which penalties are filed here, as they are shown. */
const origins: Record<string, typeof FromProblem> = {
  problem: FromProblem,
  inspection: FromInspection,
}

/** For what another record found a penalty was filed. */
function From({ detail }: { detail: PenaltyDetail }) {
  const Shown = origins[detail.source]
  return Shown && <Shown id={detail.source_id} />
}

function FromInspection({ id }: { id: string }) {
  const t = useT()
  const may = useCan()('inspection.read')
  const { data } = useQuery({ ...taskQuery(id), enabled: may })
  if (!data) return t('监督检查', 'An inspection')
  return (
    <InnerLink to={`/inspection/tasks/${data.id}`}>
      {data.number} {data.target_name}
    </InnerLink>
  )
}

function FromProblem({ id }: { id: string }) {
  const t = useT()
  const may = useCan()('rectify.read')
  const { data } = useQuery({ ...problemQuery(id), enabled: may })
  if (!data) return t('问题台账', 'The ledger of problems')
  return (
    <InnerLink to={problemLink(data)}>
      {data.number} {data.description}
    </InnerLink>
  )
}
