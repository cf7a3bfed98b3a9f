import { InboxOutlined } from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import { Button, Upload } from 'antd'
import { useT } from '@/i18n/useT'
import { ProblemAlert } from '@/parts/feedback/ProblemAlert'
import { type ReadOut, type ReadPlan, readDocument } from './campaignApi'

interface DocumentChoiceProps {
  /** Code of the region whose units are looked for. */
  region: string
  onRead: (out: ReadOut, plan: ReadPlan, nth: number) => void
}

/** Chooses a document; of one that holds several plans, one of them. */
export function DocumentChoice({ region, onRead }: DocumentChoiceProps) {
  const t = useT()
  const reading = useMutation({
    mutationFn: (file: File) => readDocument(region, file),
    onSuccess: (out) => {
      const [only] = out.plans
      if (only && out.plans.length === 1) onRead(out, only, 0)
    },
  })
  const { data } = reading
  return (
    <div className="qf-stack">
      <Upload.Dragger
        accept=".txt,.docx,.pdf"
        maxCount={1}
        showUploadList={false}
        disabled={reading.isPending || !region}
        beforeUpload={(file) => {
          reading.mutate(file)
          return false // Sent by us, so that refusals come back in the person's words.
        }}
      >
        <p className="ant-upload-drag-icon">
          <InboxOutlined />
        </p>
        <p className="ant-upload-text">
          {reading.isPending
            ? t('正在识别…', 'Reading…')
            : t('点击选择，或把方案文件拖到这里', 'Click to choose, or drop the plan here')}
        </p>
        <p className="ant-upload-hint">
          {t(
            '支持 txt、docx、pdf；扫描件请先识别成文字',
            'txt, docx or pdf; a scan must be text first',
          )}
        </p>
      </Upload.Dragger>
      {reading.error && <ProblemAlert error={reading.error} />}
      {data && data.plans.length > 1 && (
        <>
          <p>
            {t('文件里有几个方案，请选一个：', 'There are several plans in it; please choose one:')}
          </p>
          <div className="qf-templates">
            {data.plans.map((plan, nth) => (
              <PlanChoice
                key={plan.read.spans['/title']?.[0] ?? nth}
                plan={plan}
                nth={nth}
                onPick={() => onRead(data, plan, nth)}
              />
            ))}
          </div>
        </>
      )}
    </div>
  )
}

/** One of several plans: of the same name, they are told apart by what is in them. */
function PlanChoice({ plan, nth, onPick }: { plan: ReadPlan; nth: number; onPick: () => void }) {
  const t = useT()
  const { tasks, stages } = plan.content
  return (
    <Button className="qf-template" onClick={onPick}>
      <span>
        <strong>
          {nth + 1}. {plan.title || t('没有标题的方案', 'A plan without a title')}
        </strong>
        <br />
        <span className="qf-faint">
          {t(
            `${tasks.length} 项任务，${stages.length} 个阶段：${stages.map((stage) => stage.title).join('、')}`,
            `${tasks.length} tasks, ${stages.length} stages: ${stages.map((stage) => stage.title).join(', ')}`,
          )}
        </span>
      </span>
    </Button>
  )
}
