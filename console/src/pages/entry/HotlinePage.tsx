import { useT } from '@/i18n/useT'
import { ImportWizard } from '@/parts/import/ImportWizard'
import { ListPage } from '@/parts/list/ListPage'
import { Page } from '@/parts/Page'
import { Section } from '@/parts/record/Section'
import { When } from '@/parts/record/When'

const path = '/api/v1/intake/imports/hotline'

/** Brings in the orders of the 12345 hotline from its table, and shows what was brought in before. */
export default function HotlinePage() {
  const t = useT()
  return (
    <Page title={t('12345 工单导入', '12345 orders')}>
      <div className="qf-stack">
        <Section title={t('导入', 'Import')}>
          <ImportWizard
            path={path}
            template={`${path}/template`}
            hint={t(
              '热线平台导出的工单表可以直接导入；已经导入过的工单号不会重复立案。',
              'The table that the hotline exports can be used as it is; orders that are in already open no second case.',
            )}
          />
        </Section>
        <Section title={t('导入记录', 'Imported files')}>
          <ListPage
            id="hotline"
            path={path}
            columns={[
              {
                key: 'name',
                title: t('文件', 'File'),
                primary: true,
                long: true,
                cell: (file) => file.name,
              },
              {
                key: 'imported',
                title: t('立案', 'Cases'),
                align: 'right',
                cell: (file) => file.imported,
              },
              {
                key: 'refused',
                title: t('未导入', 'Left out'),
                align: 'right',
                cell: (file) => file.total - file.imported,
              },
              { key: 'by', title: t('导入人', 'By'), cell: (file) => file.by_name },
              { key: 'at', title: t('时间', 'Time'), cell: (file) => <When at={file.at} /> },
            ]}
            keyOf={(file) => file.id}
            empty={{
              title: t('还没有导入过', 'Nothing was imported yet'),
              hint: t('导入的文件会记在这里。', 'Files that were imported are listed here.'),
            }}
          />
        </Section>
      </div>
    </Page>
  )
}
