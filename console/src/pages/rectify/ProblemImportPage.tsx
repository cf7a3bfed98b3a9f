import { Form, Select } from 'antd'
import { useState } from 'react'
import { useT } from '@/i18n/useT'
import { ImportWizard } from '@/parts/import/ImportWizard'
import { Page } from '@/parts/Page'
import { Section } from '@/parts/record/Section'

import { CategoryField } from './ProblemField'
import { choicesOf, useLedgerWords } from './rectifyApi'

interface Chosen {
  source?: string | undefined
  category?: string | undefined
}

const path = '/api/v1/problems/import'

/** Brings in a ledger that was kept elsewhere. */
export default function ProblemImportPage() {
  const t = useT()
  const words = useLedgerWords()
  const [query, setQuery] = useState<Chosen>({})
  const fields = (
    <Form layout="vertical">
      <p>
        {t(
          '表格里没有“来源”“问题类别”两列，或有的行没有写的，请先选定按什么登记；写了的以表格为准。',
          'Where the file has no columns for source and category, or rows leave them empty, choose first what they are entered as; what a row says itself holds.',
        )}
      </p>
      <Form.Item
        label={t('没有写来源的按', 'Source of rows that name none')}
        htmlFor="chosen-source"
      >
        <Select
          id="chosen-source"
          allowClear
          value={query.source ?? null}
          onChange={(source) => setQuery({ ...query, source })}
          options={choicesOf(words?.sources, t)}
        />
      </Form.Item>
      <Form.Item
        label={t('没有写问题类别的按', 'Category of rows that name none')}
        htmlFor="chosen-category"
      >
        <CategoryField
          id="chosen-category"
          {...(query.category && { value: query.category })}
          onChange={(category) => setQuery({ ...query, category })}
        />
      </Form.Item>
    </Form>
  )
  return (
    <Page title={t('导入台账', 'Import a ledger')}>
      <Section title={t('问题整改台账', 'Ledger of problems')}>
        <ImportWizard
          path={path}
          template={`${path}/template`}
          chosen={{ query, fields }}
          hint={t(
            '现在用的台账可以直接导入。已有的问题（同一单位、日期、描述）不会重复；“已销号”的行要写明佐证存放处和两名审核人。',
            'The ledger that you keep can be used as it is. What is there already (same unit, day and words) is not taken twice; closed lines must name where the evidence lies and both reviewers.',
          )}
        />
      </Section>
    </Page>
  )
}
