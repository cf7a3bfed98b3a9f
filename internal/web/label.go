package web

import (
	"context"
	"strings"

	"github.com/a-h/templ"

	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/mod/intake"
)

// labels says what each field is called where a complaint about it stands
// apart from it.
var labels = map[string]i18n.Text{
	fieldRegion:      i18n.T("地区", "Region"),
	fieldInstitution: i18n.T("医疗机构", "Institution"),
	fieldCategory:    i18n.T("类别", "What it is about"),
	fieldNarrative:   i18n.T("发生了什么", "What happened"),
	fieldWish:        i18n.T("希望怎么解决", "What should be done"),
	fieldAbout:       i18n.T("涉及的人", "Who it is about"),
	fieldOccurredOn:  i18n.T("日期", "Day"),
	fieldMode:        i18n.T("以什么方式反映", "How you report"),
	fieldName:        i18n.T("姓名", "Name"),
	fieldPhone:       i18n.T("手机号", "Telephone"),
	fieldFiles:       i18n.T("附件", "Files"),
	fieldUpload:      i18n.T("附件", "Files"),
	fieldReceipt:     i18n.T("回执号", "Receipt"),
	fieldText:        i18n.T("留言", "Message"),
	fieldReason:      i18n.T("理由", "Reason"),
	fieldWithdraw:    i18n.T("撤回的原因", "Reason"),
	fieldRemark:      i18n.T("补充", "Remark"),
	fieldSigner:      i18n.T("承诺人姓名", "Name"),
	fieldPost:        i18n.T("职务", "Post"),
}

// label is the name of a field before a complaint; empty for what people do
// not know by name.
func label(ctx context.Context, field string) string {
	text, ok := labels[field]
	if key, isAnswer := strings.CutPrefix(field, answerPrefix); isAnswer {
		for _, q := range intake.Questions() {
			if q.Key == key {
				return q.Ask.Here(ctx) + " "
			}
		}
	}
	if name, of := selfLabel(ctx, field); of {
		return name + say(ctx, "：", ": ")
	}
	if !ok {
		for _, q := range threeQuestions {
			if q.field == field {
				return q.ask.Here(ctx) + " "
			}
		}
		return ""
	}
	return text.Here(ctx) + say(ctx, "：", ": ")
}

// anchor is the field to which a complaint leads.
func anchor(field string) string {
	if field == fieldUpload {
		return fieldFiles
	}
	return field
}

// described ties a field to its complaint and its hint for screen readers.
func described(wrong complaints, field string, hint string) templ.Attributes {
	var by []string
	attributes := templ.Attributes{}
	if !wrong.of(field).Zero() {
		attributes["aria-invalid"] = "true"
		by = append(by, "e-"+field)
	}
	if hint != "" {
		by = append(by, hint)
	}
	if len(by) > 0 {
		attributes["aria-describedby"] = strings.Join(by, " ")
	}
	return attributes
}

// langParam writes a language as the addresses of pages do.
func langParam(l i18n.Lang) string {
	if l == i18n.EN {
		return "en"
	}
	return "zh"
}

// forClasses are the classes of a question that the given categories ask.
func forClasses(letters []string) string { return "for-" + strings.Join(letters, " for-") }

// indent sets a region below the one that holds it; a list box knows no other
// way.
func indent(depth int) string { return strings.Repeat("　", depth) }
