package official_test

import (
	"bytes"
	"strconv"
	"strings"
	"testing"
	"time"

	"qingfeng/internal/kit/official"
)

// sample is a document of a kind with all that it can have.
func sample(kind official.Kind) official.Document {
	return official.Document{
		Kind: kind, Issuer: "某某省卫生健康委员会文件", Number: "某卫发〔2026〕12号", Issue: 7, Editor: "某某市卫生健康委员会办公室", Signer: "某某某",
		Title:      "关于二〇二六年七月全省医疗服务领域群众诉求办理情况的通报",
		Addressees: "各市（州）卫生健康委员会，兰州新区卫生健康委员会，省级各医疗卫生机构",
		Body: official.Text{
			Content: []official.Block{official.Paragraph("现将七月份全省医疗服务领域群众诉求办理情况通报如下。" + strings.Repeat("本月受理诉求1286件，办结1103件。", 6))},
			Sections: []official.Section{
				{Heading: "总体情况", Text: official.Text{
					Content: []official.Block{official.Paragraph(strings.Repeat("全省响应率为98.6%，解决率为91.2%，满意率为94.3%。", 8))},
					Sections: []official.Section{
						{Heading: "三率情况", Text: official.Text{Content: []official.Block{few()},
							Sections: []official.Section{{Heading: "响应率", Text: official.Text{Content: []official.Block{official.Paragraph("见上表。")},
								Sections: []official.Section{{Heading: "口径", Text: official.Text{Content: []official.Block{official.Paragraph("按考核口径计算。")}}}}}}}}},
						{Heading: "问题", Text: official.Text{Content: []official.Block{official.Paragraph(strings.Repeat("个别单位回访不及时。", 30))}}},
					},
				}},
				{Heading: "分机构情况", Text: official.Text{Content: []official.Block{long(80)}}},
				{Heading: "收费情况", Text: official.Text{Content: []official.Block{wide(13)}}},
				{Heading: "下一步工作", Text: official.Text{Content: []official.Block{official.Paragraph(strings.Repeat("各地要举一反三，抓好整改。", 40))}}},
			},
		},
		Enclosed:  []official.Enclosure{{Title: "各机构办理情况明细表", Text: official.Text{Content: []official.Block{long(5)}}}, {Title: "关于进一步规范医疗服务领域群众诉求办理时限和回访要求的说明"}},
		Signature: "某某省卫生健康委员会", Date: time.Date(2026, 7, 28, 1, 0, 0, 0, time.UTC),
		Copies: "国家卫生健康委办公厅，省政府办公厅，省纪委监委驻省卫生健康委纪检监察组，各市（州）人民政府办公室", PrintedBy: "某某省卫生健康委员会办公室",
	}
}

func few() official.Table {
	return official.Table{Caption: "表1　各市州三率", Columns: []official.Column{{Name: "名次", Number: true}, {Name: "地区"}, {Name: "响应率", Unit: "%", Number: true}, {Name: "综合成绩", Unit: "分", Number: true}},
		Rows: [][]string{{"1", "甲市", "99.10", "97.25"}, {"2", "乙自治州", "98.00", "95.00"}, {"", "丙市", "", ""}}}
}

// long is a table of so many rows.
func long(rows int) official.Table {
	t := official.Table{Caption: "表2　各机构办理情况", Columns: []official.Column{{Name: "序号", Number: true}, {Name: "机构"}, {Name: "受理", Unit: "件", Number: true}, {Name: "说明"}}}
	for i := range rows {
		t.Rows = append(t.Rows, []string{strconv.Itoa(i + 1), "某某县第" + strconv.Itoa(i+1) + "人民医院", strconv.Itoa(i * 37), strings.Repeat("说明文字", i%9)})
	}
	return t
}

// wide is a table of so many columns of numbers.
func wide(columns int) official.Table {
	t := official.Table{Caption: "表3　分月收费投诉金额", Columns: []official.Column{{Name: "机构"}}}
	row := []string{"某某市第一人民医院"}
	for i := range columns - 1 {
		t.Columns = append(t.Columns, official.Column{Name: "第" + strconv.Itoa(i+1) + "月", Unit: "元", Number: true})
		row = append(row, strconv.Itoa(1000*(i+1))+".50")
	}
	t.Rows = [][]string{row, row, row}
	return t
}

func write(t testing.TB, d official.Document) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := official.Write(&out, d); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
