import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useT } from '@/i18n/useT'
import { NodeName } from '@/parts/fields/NodeName'
import { Facts } from '@/parts/record/Facts'
import { Money } from '@/parts/record/Money'
import { RecordHeader } from '@/parts/record/RecordHeader'
import { RecordLayout } from '@/parts/record/RecordLayout'
import { Section } from '@/parts/record/Section'
import { StateTag } from '@/parts/record/StateTag'
import { Timeline } from '@/parts/record/Timeline'
import { Loaded } from './Loaded'
import { SubjectRecords } from './SubjectRecords'
import { type Credit, creditQuery, named, useDictionary } from './sanctionApi'
import { toneOfGrade } from './state'

/** The credit record of an institution or a person: all that there is. */
export default function SubjectPage() {
  const { id = '' } = useParams({ strict: false })
  return <Loaded query={useQuery(creditQuery(id))}>{(data) => <Subject credit={data} />}</Loaded>
}

function Subject({ credit }: { credit: Credit }) {
  const t = useT()
  const words = useDictionary()
  const grades = credit.grades ?? []
  return (
    <RecordLayout
      header={
        <RecordHeader
          number={credit.certificate || undefined}
          title={credit.name}
          state={
            <StateTag tone={toneOfGrade(credit.grade)}>
              {t('信用档案等级', 'Credit record:')} {credit.grade}
            </StateTag>
          }
        />
      }
      aside={
        <Section title={t('等级变化', 'Grades')}>
          <Timeline
            entries={grades.map((one) => ({
              id: one.id,
              at: one.graded_at,
              title: t(`${one.grade}（${one.score}）`, `${one.grade} (${one.score})`),
              tone: toneOfGrade(one.grade),
            }))}
          />
        </Section>
      }
    >
      <Section title={t('概况', 'Summary')}>
        <Facts
          facts={[
            { label: t('类型', 'Kind'), value: t(named(words.kinds, credit.kind)) },
            { label: t('所在', 'Where'), value: <NodeName node={credit.path} /> },
            { label: t('罚款合计', 'Fines'), value: <Money fen={credit.fine_fen} withUnit /> },
            { label: t('本周期记分', 'Points of the cycle'), value: credit.points_now },
            { label: t('本年医保记分', 'Insurance points of the year'), value: credit.insured },
            {
              label: t('校验', 'Passes'),
              value:
                (credit.passes ?? [])
                  .map((one) =>
                    t(
                      `${one.passed_on.slice(0, 10)}（${one.years}年）`,
                      `${one.passed_on.slice(0, 10)} (${one.years} y)`,
                    ),
                  )
                  .join('、') || '—',
            },
          ]}
        />
      </Section>
      <SubjectRecords credit={credit} />
    </RecordLayout>
  )
}
