import { Button } from 'antd'
import { useT } from '@/i18n/useT'
import { Can } from '@/parts/Can'
import { ListPage } from '@/parts/list/ListPage'
import { StateTag } from '@/parts/record/StateTag'
import { When } from '@/parts/record/When'
import { useUrlForm } from '@/url/useUrlForm'
import { PlanForm } from './PlanForm'
import { useInspectionWords } from './useInspectionWords'

/** The plans of the years. */
export default function PlansPage() {
  const t = useT()
  const words = useInspectionWords()
  const writing = useUrlForm('plan')
  return (
    <>
      <ListPage
        id="inspection.plans"
        title={t('年度抽查计划', 'Plans of inspections')}
        path="/api/v1/inspection/plans"
        columns={[
          {
            key: 'title',
            title: t('名称', 'Title'),
            primary: true,
            long: true,
            cell: (one) => one.title,
          },
          { key: 'year', title: t('年度', 'Year'), cell: (one) => one.year },
          {
            key: 'state',
            title: t('状态', 'State'),
            cell: (one) => (
              <StateTag tone={one.state === 'published' ? 'good' : 'neutral'}>
                {words.state('plans', one.state)}
              </StateTag>
            ),
          },
          {
            key: 'at',
            title: t('公布时间', 'Published'),
            cell: (one) => <When at={one.published_at} />,
          },
        ]}
        keyOf={(one) => one.id}
        linkOf={(one) => `/inspection/plans/${one.id}`}
        actions={
          <Can permission="inspection.manage">
            <Button type="primary" onClick={() => writing.show()}>
              {t('起草计划', 'Write a plan')}
            </Button>
          </Can>
        }
        empty={{ title: t('还没有年度计划', 'No plans yet') }}
      />
      <PlanForm url={writing} />
    </>
  )
}
