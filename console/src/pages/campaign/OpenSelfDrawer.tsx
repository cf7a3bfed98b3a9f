import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Form, Radio } from 'antd'
import { useT } from '@/i18n/useT'
import { useWords } from '@/pages/org/dictionaries'
import { FormDrawer } from '@/parts/form/FormDrawer'
import { Facts } from '@/parts/record/Facts'
import type { UrlForm } from '@/url/useUrlForm'
import { ChecklistField } from './ChecklistField'
import { campaignOf } from './campaignApi'
import { openSelf, type RoundValues, type SelfProgress } from './selfcheckApi'

interface OpenSelfDrawerProps {
  id: string
  progress: SelfProgress
  url: UrlForm
}

/** Asks the institutions in scope to examine themselves: until the end of which stage, by which checklist. */
export function OpenSelfDrawer({ id, progress, url }: OpenSelfDrawerProps) {
  const t = useT()
  const words = useWords()
  const queries = useQueryClient()
  const { data } = useQuery({ ...campaignOf(id), enabled: url.open })
  const kinds = data?.content.kinds ?? []
  const begun = progress.stage !== ''
  const guess = progress.stages.find(({ title }) => title.includes('自查')) ?? progress.stages[0]
  return (
    <FormDrawer<RoundValues, SelfProgress>
      name={`selfcheck.open.${id}`}
      title={
        begun
          ? t('改截止阶段或清单', 'Change the stage or checklist')
          : t('开展自查', 'Begin self-examination')
      }
      url={url}
      initial={{
        stage: begun ? progress.stage : (guess?.title ?? ''),
        form_id: progress.checklist.id,
      }}
      submitLabel={begun ? t('保存', 'Save') : t('开展自查', 'Begin')}
      submit={(values) => openSelf(id, values)}
      onDone={() => queries.invalidateQueries()}
    >
      <Form.Item
        name="stage"
        label={t('到哪个阶段结束为止', 'Until the end of which stage')}
        required
        extra={t(
          '链接到这个阶段的最后一天为止有效；方案里改了日期，这里跟着改。',
          'The links work until its last day, and follow the plan when that is amended.',
        )}
      >
        <Radio.Group
          vertical
          options={progress.stages.map(({ title, end }) => ({
            value: title,
            label: t(`${title}（${end || '未定'}）`, `${title} (${end || 'open'})`),
          }))}
        />
      </Form.Item>
      <ChecklistField tasks={data?.content.tasks.length ?? 0} now={progress.checklist} />
      <Facts
        facts={[
          {
            label: t('要求哪些机构', 'Who is asked'),
            value:
              kinds.length > 0
                ? kinds.map((kind) => words.name('institution_kinds', kind)).join('、')
                : t('本地区所有类别的机构', 'Institutions of every kind in the region'),
            wide: true,
          },
        ]}
      />
      <p className="qf-faint">
        {t(
          '范围来自整治方案，要改请调整方案；新设或撤销的机构一小时内自动增减。',
          'The scope is that of the plan; amend it to change it. Institutions that open or close are added or left out within the hour.',
        )}
      </p>
    </FormDrawer>
  )
}
