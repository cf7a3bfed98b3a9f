import { Button, Form, Input, InputNumber, Select } from 'antd'
import { useT } from '@/i18n/useT'
import { MoneyField } from '@/parts/fields/MoneyField'
import { useDictionary } from './sanctionApi'
import './sanction.css'

/** The measures of a decision; each asks for an amount or a length where it has one. */
export function MeasuresField() {
  const t = useT()
  const words = (useDictionary().measures ?? []).filter((one) => one.register === '')
  const chosen: { kind?: string }[] = Form.useWatch('measures') ?? []
  return (
    <Form.Item label={t('措施', 'Measures')} required className="qf-sanction-rows">
      <Form.List name="measures">
        {(fields, { add, remove }, { errors }) => (
          <>
            {fields.map(({ key, name }) => {
              const kind = words.find((one) => one.code === chosen[name]?.kind)
              return (
                <div key={key} className="qf-sanction-measure">
                  <div className="qf-sanction-row">
                    <Form.Item name={[name, 'kind']} noStyle>
                      <Select
                        className="qf-wide"
                        aria-label={t('措施', 'Measure')}
                        placeholder={t('选择措施', 'Choose a measure')}
                        showSearch={{ optionFilterProp: 'label' }}
                        options={words.map((one) => ({ value: one.code, label: t(one.name) }))}
                      />
                    </Form.Item>
                    <Button onClick={() => remove(name)}>{t('删除', 'Remove')}</Button>
                  </div>
                  {kind?.money && (
                    <Form.Item name={[name, 'amount_fen']} label={t('金额', 'Amount')} required>
                      <MoneyField />
                    </Form.Item>
                  )}
                  {kind?.months && (
                    <Form.Item name={[name, 'months']} label={t('期限（月）', 'Months')} required>
                      <InputNumber className="qf-wide" min={1} precision={0} />
                    </Form.Item>
                  )}
                  {kind && (
                    <Form.Item name={[name, 'note']}>
                      <Input
                        placeholder={t('备注（如吊销的科目）', 'Note, such as which department')}
                      />
                    </Form.Item>
                  )}
                </div>
              )
            })}
            <Button type="dashed" onClick={() => add({})}>
              {t('增加一项', 'Add one')}
            </Button>
            <Form.ErrorList errors={errors} />
          </>
        )}
      </Form.List>
    </Form.Item>
  )
}
