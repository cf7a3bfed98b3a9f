import { Table } from 'antd'
import { useT } from '@/i18n/useT'
import { Section } from '@/parts/record/Section'
import type { CampaignDetail, Content } from './campaignApi'
import { dutyFroms, dutyKinds } from './words'

/** Who does what, what is to be sent when, whom to call. */
export function CampaignPlan({ campaign }: { campaign: CampaignDetail }) {
  const { content } = campaign
  return (
    <>
      <Tasks campaign={campaign} />
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
      <Table
        className="qf-table"
        size="small"
        rowKey="id"
        pagination={false}
        dataSource={tasks}
        scroll={{ x: 'max-content' }}
        locale={{ emptyText: t('还没有任务', 'No task yet') }}
        columns={[
          {
            key: 'title',
            title: t('任务', 'Task'),
            className: 'qf-cell-long',
            render: (_, task) => task.title || task.text,
          },
          {
            key: 'lead',
            title: t('牵头单位', 'Leads'),
            render: (_, task) => (task.lead ? nameOf(task.lead) : task.named || '—'),
          },
          {
            key: 'units',
            title: t('配合单位', 'Help'),
            className: 'qf-cell-long',
            render: (_, task) => task.units.map(nameOf).join('、') || '—',
          },
        ]}
      />
    </Section>
  )
}

function Duties({ duties }: { duties: Content['duties'] }) {
  const t = useT()
  return (
    <Section title={t('报送日程', 'Reporting calendar')}>
      <Table
        className="qf-table"
        size="small"
        rowKey="id"
        pagination={false}
        dataSource={duties}
        scroll={{ x: 'max-content' }}
        columns={[
          { key: 'due', title: t('截止', 'Due'), render: (_, duty) => duty.due || '—' },
          {
            key: 'title',
            title: t('报送内容', 'What is sent'),
            className: 'qf-cell-long',
            dataIndex: 'title',
          },
          { key: 'kind', title: t('形式', 'Form'), render: (_, duty) => t(dutyKinds[duty.kind]) },
          {
            key: 'from',
            title: t('由谁报送', 'Sent by'),
            render: (_, duty) => t(dutyFroms[duty.from]),
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
      <Table
        className="qf-table"
        size="small"
        rowKey={(person) => `${person.role} ${person.name} ${person.phone}`}
        pagination={false}
        dataSource={people}
        scroll={{ x: 'max-content' }}
        columns={[
          { title: t('职务', 'Role'), dataIndex: 'role' },
          { title: t('姓名', 'Name'), dataIndex: 'name' },
          { title: t('单位', 'Unit'), dataIndex: 'unit' },
          { title: t('电话', 'Telephone'), dataIndex: 'phone' },
        ]}
      />
    </Section>
  )
}
