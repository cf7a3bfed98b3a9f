import { useQuery } from '@tanstack/react-query'
import { api, read } from '@/api/client'
import type { Translate } from '@/i18n/text'
import { useT } from '@/i18n/useT'
import { AnswerForm } from '@/parts/answer/AnswerForm'
import type { FormSchema } from '@/parts/answer/schema'
import { mediaOfFile } from '@/parts/media/fileMedia'
import { MediaViewer } from '@/parts/media/MediaViewer'
import { Facts } from '@/parts/record/Facts'
import { Section } from '@/parts/record/Section'
import { StateTag } from '@/parts/record/StateTag'
import { When } from '@/parts/record/When'
import { useInspectionWords } from '../useInspectionWords'
import type { PackedTask, VisitDetail } from './visit'

type VisitFile = NonNullable<VisitDetail['files']>[number]

interface VisitViewProps {
  visit: VisitDetail
  /** The inspectors of the task, to name who signed. */
  team: PackedTask['team']
}

/** One version of a visit as it was handed in. */
export function VisitView({ visit, team }: VisitViewProps) {
  const t = useT()
  const params = { path: { id: visit.form_id, n: visit.form_version } }
  const form = useQuery({
    queryKey: ['form', visit.form_id, visit.form_version],
    queryFn: ({ signal }) => read(api.GET('/api/v1/forms/{id}/versions/{n}', { params, signal })),
    enabled: visit.form_id !== '',
  })
  const url = `/api/v1/inspection/visits/${encodeURIComponent(visit.id)}/files/`
  const answered = Object.fromEntries(
    (visit.answered ?? []).map((file) => [
      file.answer,
      mediaOfFile(url + encodeURIComponent(file.id), file),
    ]),
  )
  return (
    <>
      <VisitFacts visit={visit} team={team} />
      {form.data && (
        <AnswerForm
          schema={form.data.document as unknown as FormSchema}
          value={visit.answers}
          files={answered}
          readOnly
        />
      )}
      <FoundProblems visit={visit} />
      <Section title={t('照片和手写签名', 'Photos and drawn signatures')}>
        <MediaViewer
          media={(visit.files ?? []).map((file) =>
            mediaOfFile(url + encodeURIComponent(file.id), {
              ...file,
              name: nameOf(file, team, t),
            }),
          )}
        />
      </Section>
    </>
  )
}

/** What a file of a visit is called: a drawn signature by who signed. */
function nameOf(file: VisitFile, team: PackedTask['team'], t: Translate): string {
  const signer = team.find(({ officer_id }) => officer_id === file.officer_id)
  return signer ? t(`${signer.name}的签名`, `Signature of ${signer.name}`) : file.name
}

function VisitFacts({ visit, team }: VisitViewProps) {
  const t = useT()
  const signed = visit.signatures.map((one) => {
    const name = team.find(({ officer_id }) => officer_id === one.officer_id)?.name ?? one.name
    return one.name ? t(`${name}（输入姓名）`, `${name} (typed)`) : name
  })
  return (
    <Section title={t(`现场记录 第 ${visit.number} 版`, `Visit, version ${visit.number}`)}>
      <Facts
        facts={[
          { label: t('提交人', 'Handed in by'), value: visit.by_name },
          { label: t('签名', 'Signed by'), value: signed.join(t('、', ', ')) },
          { label: t('收到时间', 'Received'), value: <When at={visit.received_at} /> },
          { label: t('开始', 'Began'), value: <When at={visit.began_at} /> },
          { label: t('结束', 'Ended'), value: <When at={visit.ended_at} /> },
          ...(visit.skewed
            ? [
                {
                  label: t('手机时钟', "The phone's clock"),
                  value: <StateTag tone="warn">{t('不准，时间仅供参考', 'Off')}</StateTag>,
                },
              ]
            : []),
          ...(visit.latitude
            ? [
                {
                  label: t('位置（纬度，经度）', 'Place (latitude, longitude)'),
                  value: `${visit.latitude}, ${visit.longitude}`,
                },
              ]
            : []),
          ...(visit.reason
            ? [{ label: t('更正原因', 'Why it was corrected'), value: visit.reason, wide: true }]
            : []),
        ]}
      />
    </Section>
  )
}

function FoundProblems({ visit }: { visit: VisitDetail }) {
  const t = useT()
  const { violation } = useInspectionWords()
  const found = visit.problems ?? []
  return (
    <Section title={t('发现的问题', 'Problems')}>
      {found.length === 0 && t('没有', 'None')}
      {found.map((one, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: what became a clue has no name any more
        <p key={at}>
          {one.text ? (
            <>
              [{violation(one.category)}] {one.text}
            </>
          ) : (
            t('已转为线索，内容只在线索中可见', 'Became a clue; what it says is told there alone')
          )}
        </p>
      ))}
    </Section>
  )
}
