import { Button } from 'antd'
import { useT } from '@/i18n/useT'
import { Can } from '@/parts/Can'
import { ListPage } from '@/parts/list/ListPage'
import { When } from '@/parts/record/When'
import { useUrlForm } from '@/url/useUrlForm'
import { DrawState } from './DrawState'
import { FreezeForm } from './FreezeForm'
import { useInspectionWords } from './useInspectionWords'

/** The draws, made and void ones among them. */
export default function DrawsPage() {
  const t = useT()
  const words = useInspectionWords()
  const preparing = useUrlForm('freeze')
  return (
    <>
      <ListPage
        id="inspection.draws"
        title={t('随机抽取', 'Draws')}
        path="/api/v1/inspection/draws"
        filters={[
          {
            kind: 'choice',
            name: 'state',
            label: t('状态', 'State'),
            options: words.states('draws'),
          },
          { kind: 'choice', name: 'of', label: t('抽什么', 'Of'), options: words.options('lots') },
        ]}
        columns={[
          {
            key: 'title',
            title: t('名称', 'Title'),
            primary: true,
            long: true,
            cell: (one) => one.title,
          },
          { key: 'number', title: t('编号', 'Number'), cell: (one) => one.number },
          { key: 'of', title: t('抽什么', 'Of'), cell: (one) => words.name('lots', one.of) },
          {
            key: 'state',
            title: t('状态', 'State'),
            cell: (one) => <DrawState state={one.state} />,
          },
          {
            key: 'drawn',
            title: t('抽中', 'Drawn'),
            align: 'right',
            cell: (one) => `${one.drawn} / ${one.targets}`,
          },
          {
            key: 'at',
            title: t('冻结时间', 'Frozen'),
            cell: (one) => <When at={one.prepared_at} />,
          },
        ]}
        keyOf={(one) => one.id}
        linkOf={(one) => `/inspection/draws/${one.id}`}
        actions={
          <Can permission="inspection.manage">
            <Button type="primary" onClick={() => preparing.show()}>
              {t('准备抽取', 'Prepare a draw')}
            </Button>
          </Can>
        }
        empty={{
          title: t('还没有抽取', 'No draws yet'),
          hint: t(
            '先备好两个名录库，再准备抽取。',
            'Fill both libraries first, then prepare a draw.',
          ),
        }}
      />
      <FreezeForm url={preparing} />
    </>
  )
}
