import { Button, Form, Input } from 'antd'
import { api } from '@/api/client'
import { useT } from '@/i18n/useT'
import { FormDrawer } from '@/parts/form/FormDrawer'
import { Page } from '@/parts/Page'
import { useUrlForm } from '@/url/useUrlForm'

/** A page with a form, for tests of the frame around it. */
export function SamplePage() {
  const t = useT()
  const url = useUrlForm('note')
  return (
    <Page
      title={t('全部诉求', 'All cases')}
      actions={<Button onClick={() => url.show('c7')}>{t('写记录', 'Write a note')}</Button>}
    >
      <FormDrawer<{ title: string }, unknown>
        name="note"
        title={t('记录', 'Note')}
        url={url}
        submit={(body) => api.POST('/sample/notes' as never, { body } as never)}
      >
        <Form.Item name="title" label={t('题目', 'Title')}>
          <Input />
        </Form.Item>
      </FormDrawer>
    </Page>
  )
}
