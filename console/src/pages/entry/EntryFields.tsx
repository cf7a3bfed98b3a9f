import { Alert, Checkbox, Form, Input, Radio, Select } from 'antd'
import { limits } from '@/api/limits.gen'
import { useT } from '@/i18n/useT'
import { optionsOf } from '@/pages/cases/options'
import { useCaseWords } from '@/pages/cases/useCaseWords'
import { DateField } from '@/parts/fields/DateField'
import { InstitutionPicker } from '@/parts/fields/InstitutionPicker'
import { LongText } from '@/parts/fields/LongText'
import { TimeField } from '@/parts/fields/TimeField'
import { CategoryQuestions } from './CategoryQuestions'
import { CategorySelect } from './CategorySelect'
import { PlaceSelect } from './PlaceSelect'

/** The fields in the order in which somebody tells a story: what, where, who. */
export function EntryFields() {
  return (
    <div className="qf-entry-columns">
      <div>
        <WhatFields />
      </div>
      <div>
        <WhereFields />
        <WhoFields />
      </div>
    </div>
  )
}

function WhatFields() {
  const t = useT()
  const { channels, entered, urgencies, catalogue } = useCaseWords()
  const category = Form.useWatch('category')
  const sensitive = catalogue.find(
    (one) => one.code === String(category ?? '').charAt(0),
  )?.sensitive
  return (
    <>
      <Form.Item name="channel" label={t('来源', 'Channel')} required>
        <Select
          autoFocus
          showSearch={{ optionFilterProp: 'label' }}
          options={entered.map((code) => ({
            value: code,
            label: t(channels[code] ?? plain(code)),
          }))}
        />
      </Form.Item>
      <Form.Item name="category" label={t('类别', 'Category')} required>
        <CategorySelect />
      </Form.Item>
      {sensitive && (
        <Alert
          type="warning"
          showIcon
          title={t(
            '属于廉洁线索，登记后直接进入纪检渠道，被反映单位看不到。',
            'This is an integrity clue: it goes to the discipline line, out of sight of the unit concerned.',
          )}
        />
      )}
      <Form.Item name="narrative" label={t('反映内容', 'What happened')} required>
        <LongText rows={8} />
      </Form.Item>
      <CategoryQuestions />
      <Form.Item name="wish" label={t('诉求人希望', 'What the reporter wishes')}>
        <LongText rows={2} />
      </Form.Item>
      <Form.Item
        name="urgency"
        label={t('紧急程度', 'Urgency')}
        extra={t('不选则由系统按内容判断。', 'Read from the text when not chosen.')}
      >
        <Radio.Group options={optionsOf(urgencies, t)} />
      </Form.Item>
    </>
  )
}

function WhereFields() {
  const t = useT()
  const institution = Form.useWatch('institution')
  return (
    <>
      <Form.Item
        name="institution"
        label={t('被反映机构', 'Institution')}
        extra={t('不清楚可以不选，由卫生健康委分派。', 'Leave it empty when it is not known.')}
      >
        <InstitutionPicker />
      </Form.Item>
      {institution && (
        <Form.Item name="place" label={t('地点', 'Place')}>
          <PlaceSelect institution={institution} />
        </Form.Item>
      )}
      <Form.Item name="occurred_on" label={t('发生日期', 'Happened on')}>
        <DateField />
      </Form.Item>
      <Form.Item name="about" label={t('涉及人员', 'About whom')}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item
        name="about_leader"
        valuePropName="checked"
        extra={t(
          '涉及单位负责人的，不会派给该单位。',
          'Reports about a leader never go to that unit.',
        )}
      >
        <Checkbox>{t('反映的是单位负责人', 'It is about a leader of the unit')}</Checkbox>
      </Form.Item>
    </>
  )
}

function WhoFields() {
  const t = useT()
  const { modes } = useCaseWords()
  const anonymous = Form.useWatch('mode') === 'anonymous'
  return (
    <>
      <Form.Item name="mode" label={t('反映方式', 'Mode')} required>
        <Radio.Group options={optionsOf(modes, t)} />
      </Form.Item>
      {!anonymous && (
        <div className="qf-entry-pair">
          <Form.Item name="reporter_name" label={t('姓名', 'Name')}>
            <Input maxLength={50} autoComplete="off" />
          </Form.Item>
          <Form.Item name="reporter_phone" label={t('电话', 'Telephone')}>
            <Input maxLength={30} inputMode="tel" autoComplete="off" />
          </Form.Item>
        </div>
      )}
      <div className="qf-entry-pair">
        <Form.Item name="source_no" label={t('来件编号', 'Number at the sender')}>
          <Input maxLength={limits.IntakeEntry.source_no} />
        </Form.Item>
        <Form.Item
          name="received_at"
          label={t('收到时间', 'Received')}
          extra={t('不填为现在；时限从这时起算。', 'Now when empty; the clocks run from here.')}
        >
          <TimeField />
        </Form.Item>
      </div>
    </>
  )
}

function plain(code: string) {
  return { zh: code, en: code }
}
