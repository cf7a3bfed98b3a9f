import { Button, Form, Input } from 'antd'
import { useT } from '@/i18n/useT'
import './sanction.css'

/** The officers who enforce, each with the number of the certificate. */
export function OfficersField() {
  const t = useT()
  return (
    <Form.Item
      label={t('执法人员（至少两名）', 'Officers (at least two)')}
      required
      className="qf-sanction-rows"
    >
      <Form.List name="officers">
        {(fields, { add, remove }, { errors }) => (
          <>
            {fields.map(({ key, name }) => (
              <div key={key} className="qf-sanction-row">
                <Form.Item name={[name, 'name']} noStyle>
                  <Input placeholder={t('姓名', 'Name')} aria-label={t('姓名', 'Name')} />
                </Form.Item>
                <Form.Item name={[name, 'certificate']} noStyle>
                  <Input
                    placeholder={t('执法证号', 'Certificate')}
                    aria-label={t('执法证号', 'Certificate')}
                  />
                </Form.Item>
                <Button onClick={() => remove(name)}>{t('删除', 'Remove')}</Button>
              </div>
            ))}
            <Button type="dashed" onClick={() => add({})}>
              {t('增加一名', 'Add one')}
            </Button>
            <Form.ErrorList errors={errors} />
          </>
        )}
      </Form.List>
    </Form.Item>
  )
}
