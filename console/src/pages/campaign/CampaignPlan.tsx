import { useT } from '@/i18n/useT'
import { useWords } from '@/pages/org/dictionaries'
import { PlainRows } from '@/parts/list/PlainRows'
import { Section } from '@/parts/record/Section'
import type { CampaignDetail, Content } from './campaignApi'
import { kindsText } from './kindsText'
import { dutyFroms, dutyKinds } from './words'

/** Who does what, what is to be reached and sent when, whom to call. */
export function CampaignPlan({ campaign }: { campaign: CampaignDetail }) {
  const { content, state } = campaign
  // Once it runs, how far each is reached stands with the coverage.
  const planned = state === 'draft' ? content.milestones : []
  return (
    <>
      <Tasks campaign={campaign} />
      {planned.length > 0 && <Milestones milestones={planned} />}
      {content.duties.length > 0 && <Duties duties={content.duties} />}
      {content.people.length > 0 && <People people={content.people} />}
    </>
  )
}

function Tasks({ campaign }: { campaign: CampaignDetail }) {
  const t = useT()
  const { tasks } = campaign.content
  const nameOf = (id: string) => campaign.units[id] ?? id
  return (
    <Section title={t('责任分工', 'Responsibilities')}>
      <PlainRows
        rows={tasks}
        keyOf={(task) => task.id}
        empty={t('还没有任务', 'No task yet')}
        columns={[
          {
            key: 'title',
            primary: true,
            title: t('任务', 'Task'),
            long: true,
            cell: (task) => task.title || task.text,
          },
          {
            key: 'lead',
            title: t('牵头单位', 'Leads'),
            cell: (task) =>
              task.lead ? (
                nameOf(task.lead)
              ) : (
                <>
                  {t('待指定', 'To be named')}
                  {task.named && (
                    <div className="qf-faint">
                      {t(`文件写：${task.named}`, `The document says: ${task.named}`)}
                    </div>
                  )}
                </>
              ),
          },
          {
            key: 'units',
            title: t('配合单位', 'Help'),
            long: true,
            cell: (task) => task.units.map(nameOf).join('、') || '—',
          },
        ]}
      />
    </Section>
  )
}

function Milestones({ milestones }: { milestones: Content['milestones'] }) {
  const t = useT()
  const words = useWords()
  return (
    <Section title={t('覆盖进度', 'Milestones of coverage')}>
      <PlainRows
        rows={milestones}
        keyOf={(one) => `${one.due} ${one.percent} ${one.kinds.join()}`}
        empty=""
        columns={[
          { key: 'due', title: t('截止', 'By'), cell: (one) => one.due || '—' },
          {
            key: 'percent',
            primary: true,
            title: t('累计覆盖率', 'Covered in all'),
            cell: (one) => `${one.percent}%`,
          },
          {
            key: 'kinds',
            title: t('机构类别', 'Kinds of institution'),
            long: true,
            cell: (one) => kindsText(one.kinds, words, t),
          },
          { key: 'text', title: t('原文', 'In words'), long: true, cell: (one) => one.text || '—' },
        ]}
      />
    </Section>
  )
}

function Duties({ duties }: { duties: Content['duties'] }) {
  const t = useT()
  return (
    <Section title={t('报送日程', 'Reporting calendar')}>
      <PlainRows
        rows={duties}
        keyOf={(duty) => duty.id}
        empty={t('没有报送日程', 'Nothing is to be sent')}
        columns={[
          { key: 'due', title: t('截止', 'Due'), cell: (duty) => duty.due || '—' },
          {
            key: 'title',
            primary: true,
            title: t('报送内容', 'What is sent'),
            long: true,
            cell: (one) => one.title,
          },
          { key: 'kind', title: t('形式', 'Form'), cell: (duty) => t(dutyKinds[duty.kind]) },
          {
            key: 'from',
            title: t('由谁报送', 'Sent by'),
            cell: (duty) => t(dutyFroms[duty.from]),
          },
        ]}
      />
    </Section>
  )
}

function People({ people }: { people: Content['people'] }) {
  const t = useT()
  return (
    <Section title={t('领导小组与联络员', 'Leading group and contacts')}>
      <PlainRows
        rows={people}
        keyOf={(person) => `${person.role} ${person.name} ${person.phone}`}
        empty={t('没有人员', 'Nobody')}
        columns={[
          { key: 'role', title: t('职务', 'Role'), cell: (one) => one.role },
          { key: 'name', primary: true, title: t('姓名', 'Name'), cell: (one) => one.name },
          { key: 'unit', title: t('单位', 'Unit'), cell: (one) => one.unit },
          { key: 'phone', title: t('电话', 'Telephone'), cell: (one) => one.phone },
        ]}
      />
    </Section>
  )
}
