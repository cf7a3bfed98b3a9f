import { useT } from '@/i18n/useT'
import { ListPage } from '@/parts/list/ListPage'
import { When } from '@/parts/record/When'
import { usual } from './options'
import { StateOf } from './StateOf'
import { useDictionary } from './sanctionApi'

/** What is public of penalties and the blacklist, what waits to be approved, and what was withdrawn. */
export default function PublicationsPage() {
  const t = useT()
  const words = useDictionary()
  return (
    <ListPage
      id="publications"
      title={t('处罚与黑名单公示', 'Public sanctions')}
      path="/api/v1/sanctions/publications"
      filters={usual(t, words.publication, [
        { kind: 'flag', name: 'overdue', label: t('应撤未撤', 'To be withdrawn') },
      ])}
      columns={[
        { key: 'title', title: t('标题', 'Title'), primary: true, cell: (p) => p.title },
        { key: 'name', title: t('公示名称', 'Name in public'), cell: (p) => p.name },
        {
          key: 'kind',
          title: t('类别', 'Kind'),
          cell: (p) => (p.kind === 'penalty' ? t('处罚', 'Penalty') : t('黑名单', 'Blacklist')),
        },
        {
          key: 'state',
          title: t('状态', 'State'),
          cell: (p) => <StateOf of="publication" state={p.state} />,
        },
        {
          key: 'from',
          title: t('自', 'From'),
          cell: (p) => <When at={p.from_on} precision="date" />,
        },
        { key: 'until', title: t('至', 'Until'), cell: (p) => <When at={p.until_on} due /> },
      ]}
      keyOf={(p) => p.id}
      linkOf={(p) => `/publish/sanctions/${p.id}`}
      empty={{
        title: t('没有公示', 'Nothing is public'),
        hint: t(
          '在处罚案件或黑名单里“拟公示”，由他人审批后公开。',
          'Propose it from a penalty or the blacklist; somebody else approves it.',
        ),
      }}
    />
  )
}
