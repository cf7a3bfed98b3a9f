import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Form, Radio } from 'antd'
import { useT } from '@/i18n/useT'
import { useWords } from '@/pages/org/dictionaries'
import { FormDrawer } from '@/parts/form/FormDrawer'
import { Facts } from '@/parts/record/Facts'
import type { UrlForm } from '@/url/useUrlForm'
import { campaignOf } from './campaignApi'
import { openSelf, type SelfProgress } from './selfcheckApi'

interface OpenSelfDrawerProps {
  id: string
  progress: SelfProgress
  url: UrlForm
}

/** Asks the institutions in scope to examine themselves until the end of a stage. */
export function OpenSelfDrawer({ id, progress, url }: OpenSelfDrawerProps) {
  const t = useT()
  const words = useWords()
  const queries = useQueryClient()
  const { data } = useQuery({ ...campaignOf(id), enabled: url.open })
  const kinds = data?.content.kinds ?? []
  const begun = progress.stage !== ''
  const guess = progress.stages.find(({ title }) => title.includes('自查')) ?? progress.stages[0]
  return (
    <FormDrawer<{ stage: string }, SelfProgress>
      name={`selfcheck.open.${id}`}
      title={begun ? t('改截止阶段', 'Change the stage') : t('开展自查', 'Begin self-examination')}
      url={url}
      initial={{ stage: begun ? progress.stage : (guess?.title ?? '') }}
      submitLabel={begun ? t('保存', 'Save') : t('开展自查', 'Begin')}
      submit={({ stage }) => openSelf(id, stage)}
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
          {
            label: t('自查清单', 'Checklist'),
            value: data?.content.tasks.length
              ? t(
                  `方案的任务清单，共 ${progress.lines.length} 项`,
                  `The tasks of the plan, ${progress.lines.length} lines`,
                )
              : t(
                  `方案没有任务，按 ${progress.lines.length} 类问题逐类自查`,
                  `The ${progress.lines.length} kinds of problems, for the plan has no tasks`,
                ),
            wide: true,
          },
        ]}
      />
      <p className="qf-faint">
        {t(
          '范围和清单来自整治方案，要改请调整方案；新设或撤销的机构一小时内自动增减。',
          'Scope and checklist are those of the plan; amend it to change them. Institutions that open or close are added or left out within the hour.',
        )}
      </p>
    </FormDrawer>
  )
}
