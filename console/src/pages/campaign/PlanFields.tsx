import { Form, Input, InputNumber, Select } from 'antd'
import { useT } from '@/i18n/useT'
import { useWords } from '@/pages/org/dictionaries'
import { DateField } from '@/parts/fields/DateField'
import { LongText } from '@/parts/fields/LongText'
import { OrgPicker } from '@/parts/fields/OrgPicker'
import { OrgsPicker } from '@/parts/fields/OrgsPicker'
import { Section } from '@/parts/record/Section'
import { PlanList } from './PlanList'
import { dutyFroms, dutyKinds } from './words'
import './campaign.css'

/** Every field of a plan, section by section. */
export function PlanFields() {
  return (
    <div className="qf-stack">
      <Basics />
      <Stages />
      <Tasks />
      <Milestones />
      <Duties />
      <People />
    </div>
  )
}

function Basics() {
  const t = useT()
  const words = useWords()
  return (
    <Section title={t('基本情况', 'Basics')}>
      <Form.Item name="title" label={t('专项名称', 'Name')} required>
        <Input maxLength={200} />
      </Form.Item>
      <div className="qf-plan-row">
        <Form.Item name={['content', 'doc_number']} label={t('文号', 'Document number')}>
          <Input />
        </Form.Item>
        <Form.Item name={['content', 'issuer']} label={t('发文单位', 'Issuer')}>
          <Input />
        </Form.Item>
      </div>
      <Form.Item name={['content', 'goal']} label={t('工作目标', 'Goal')}>
        <LongText rows={3} />
      </Form.Item>
      <Form.Item
        name={['content', 'kinds']}
        label={t('整治范围（机构类别）', 'Kinds of institution in scope')}
        extra={t('不选就是全部医疗机构。', 'None means all institutions.')}
      >
        <Select
          mode="multiple"
          allowClear
          optionFilterProp="label"
          options={words.options('institution_kinds')}
        />
      </Form.Item>
      <Form.Item name={['content', 'members']} label={t('成员单位', 'Member units')}>
        <OrgsPicker />
      </Form.Item>
    </Section>
  )
}

function Stages() {
  const t = useT()
  return (
    <PlanList
      name="stages"
      title={t('阶段', 'Stages')}
      add={t('加一个阶段', 'Add a stage')}
      empty={{ title: '', start: '', end: '', text: '' }}
    >
      {(at) => (
        <>
          <div className="qf-plan-row">
            <Form.Item name={[at, 'title']} label={t('阶段', 'Stage')} required>
              <Input />
            </Form.Item>
            <Form.Item name={[at, 'start']} label={t('开始', 'From')}>
              <DateField />
            </Form.Item>
            <Form.Item name={[at, 'end']} label={t('结束', 'To')}>
              <DateField />
            </Form.Item>
          </div>
          <Form.Item name={[at, 'text']} label={t('要求', 'What is to be done')}>
            <LongText rows={2} />
          </Form.Item>
        </>
      )}
    </PlanList>
  )
}

function Tasks() {
  const t = useT()
  return (
    <PlanList
      name="tasks"
      title={t('责任分工', 'Responsibilities')}
      add={t('加一项任务', 'Add a task')}
      empty={{ id: '', group: '', title: '', text: '', lead: '', units: [], named: '' }}
    >
      {(at) => (
        <>
          <Form.Item name={[at, 'title']} label={t('任务', 'Task')} required>
            <Input />
          </Form.Item>
          <Form.Item name={[at, 'text']} label={t('内容', 'Content')}>
            <LongText rows={2} />
          </Form.Item>
          <div className="qf-plan-row">
            <Form.Item
              name={[at, 'lead']}
              label={t('牵头单位', 'Leads')}
              extra={t('专项进行时每项任务都须有。', 'Every task of a running campaign has one.')}
            >
              <OrgPicker />
            </Form.Item>
            <Form.Item name={[at, 'units']} label={t('配合单位', 'Help')}>
              <OrgsPicker />
            </Form.Item>
          </div>
          <Form.Item
            name={[at, 'named']}
            label={t('文件中的责任单位', 'Responsible units in the document')}
          >
            <Input />
          </Form.Item>
        </>
      )}
    </PlanList>
  )
}

function Milestones() {
  const t = useT()
  const words = useWords()
  return (
    <PlanList
      name="milestones"
      title={t('覆盖进度', 'Milestones of coverage')}
      add={t('加一个节点', 'Add a milestone')}
      empty={{ percent: 100, kinds: [], due: '', text: '' }}
    >
      {(at) => (
        <div className="qf-plan-row">
          <Form.Item name={[at, 'percent']} label={t('累计覆盖率（%）', 'Covered in all (%)')}>
            <InputNumber className="qf-wide" min={1} max={100} precision={0} />
          </Form.Item>
          <Form.Item name={[at, 'due']} label={t('截止日期', 'By')}>
            <DateField />
          </Form.Item>
          <Form.Item
            name={[at, 'kinds']}
            label={t('机构类别（不选为全部）', 'Kinds of institution (none: all)')}
          >
            <Select
              mode="multiple"
              allowClear
              maxTagCount={2}
              optionFilterProp="label"
              options={words.options('institution_kinds')}
            />
          </Form.Item>
        </div>
      )}
    </PlanList>
  )
}

function Duties() {
  const t = useT()
  return (
    <PlanList
      name="duties"
      title={t('报送日程', 'Reporting calendar')}
      add={t('加一次报送', 'Add a report')}
      empty={{
        id: '',
        title: '',
        kind: 'text',
        from: 'regions',
        due: '',
        period_start: '',
        period_end: '',
      }}
    >
      {(at) => (
        <>
          <Form.Item name={[at, 'title']} label={t('报送内容', 'What is sent')} required>
            <Input />
          </Form.Item>
          <div className="qf-plan-row">
            <Form.Item name={[at, 'kind']} label={t('形式', 'Form')}>
              <Select options={optionsOf(dutyKinds, t)} />
            </Form.Item>
            <Form.Item name={[at, 'from']} label={t('由谁报送', 'Sent by')}>
              <Select options={optionsOf(dutyFroms, t)} />
            </Form.Item>
          </div>
          <div className="qf-plan-row">
            <Form.Item name={[at, 'due']} label={t('报送截止', 'Due')}>
              <DateField />
            </Form.Item>
            <Form.Item name={[at, 'period_start']} label={t('填报期自', 'Reports on: from')}>
              <DateField />
            </Form.Item>
            <Form.Item name={[at, 'period_end']} label={t('填报期至', 'to')}>
              <DateField />
            </Form.Item>
          </div>
        </>
      )}
    </PlanList>
  )
}

function People() {
  const t = useT()
  return (
    <PlanList
      name="people"
      title={t('领导小组与联络员', 'Leading group and contacts')}
      add={t('加一人', 'Add a person')}
      empty={{ role: '', name: '', unit: '', phone: '' }}
    >
      {(at) => (
        <div className="qf-plan-row">
          <Form.Item name={[at, 'role']} label={t('职务', 'Role')}>
            <Input />
          </Form.Item>
          <Form.Item name={[at, 'name']} label={t('姓名', 'Name')}>
            <Input />
          </Form.Item>
          <Form.Item name={[at, 'unit']} label={t('单位', 'Unit')}>
            <Input />
          </Form.Item>
          <Form.Item name={[at, 'phone']} label={t('电话', 'Telephone')}>
            <Input />
          </Form.Item>
        </div>
      )}
    </PlanList>
  )
}

function optionsOf(names: Record<string, { zh: string; en: string }>, t: ReturnType<typeof useT>) {
  return Object.entries(names).map(([value, name]) => ({ value, label: t(name) }))
}
