import { Button } from 'antd'
import { useT } from '@/i18n/useT'
import type { Template } from './campaignApi'
import './campaign.css'

interface TemplateChoiceProps {
  templates: Template[]
  onPick: (template: Template) => void
}

/** The patterns of stages to begin with. */
export function TemplateChoice({ templates, onPick }: TemplateChoiceProps) {
  const t = useT()
  return (
    <div className="qf-templates">
      {templates.map((template) => (
        <Button key={template.code} className="qf-template" onClick={() => onPick(template)}>
          <span>
            <strong>{t(template.name)}</strong>
            <br />
            <span className="qf-faint">{t(template.text)}</span>
          </span>
        </Button>
      ))}
    </div>
  )
}
