package intake

import (
	"cmp"
	"context"
	"io"
	"unicode/utf8"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/doc"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/org"
)

// mostPosters is how many pages one file has at most: a large city's print run
// comes in several files, as it does from the printer.
const mostPosters = 5000

// PosterOrder says which codes are printed, and how large.
type PosterOrder struct {
	Codes       []string `json:"codes,omitempty" maxItems:"5000" doc:"Or all live ones of an institution or region."`
	Institution string   `json:"institution,omitempty" maxLength:"64"`
	Region      string   `json:"region,omitempty" maxLength:"6"`
	Size        string   `json:"size" enum:"a3,a4,a5,a6,sticker" doc:"sticker is 10 × 10 cm, for a door."`
}

// PostersInput orders posters.
type PostersInput struct {
	Body PosterOrder
}

// Posters returns a PDF with a page for each live code that was chosen, and
// notes that they were printed. Faults: Invalid when nothing is chosen, there
// is nothing to print or a name is too long to read; NotFound, Forbidden;
// Conflict when a chosen code is not live; TooLarge for more than 5,000 pages.
func (s *Service) Posters(ctx context.Context, in PostersInput) (file httpapi.File, err error) {
	defer fault.Wrap(&err, "intake.Posters")
	size, ok := doc.ParseSize(in.Body.Size)
	if !ok {
		return file, fault.Field("size", i18n.T("没有这种纸张规格", "there is no such size of paper"))
	}
	var pages []doc.Poster
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		lines, err := s.toPrint(ctx, tx.Reader, in.Body)
		if err != nil {
			return err
		}
		if pages, err = s.pages(tx.Reader, lines); err != nil {
			return err
		}
		if err := doc.Check(size, pages); err != nil {
			return err
		}
		if err := notePrinted(tx, lines, s.now()); err != nil {
			return err
		}
		return s.Audit.Append(ctx, tx, "code.print", cmp.Or(in.Body.Institution, in.Body.Region), "", "count", len(pages), "size", in.Body.Size)
	})
	return httpapi.File{Name: i18n.T("海报", "posters").Here(ctx) + "-" + in.Body.Size + ".pdf", ContentType: "application/pdf",
		Write: func(w io.Writer) error { return doc.Posters(w, size, pages) }}, err
}

// toPrint returns the live codes of an order, in the order in which somebody
// walks through a building.
func (s *Service) toPrint(ctx context.Context, r db.Reader, o PosterOrder) ([]CodeLine, error) {
	var w db.Where
	switch {
	case len(o.Codes) > 0:
		w.AndIn("c.id", o.Codes)
	case o.Institution != "" || o.Region != "":
		if err := s.chooseCodes(ctx, r, &w, ManageCodes, CodeFilter{Institution: o.Institution, Region: o.Region, State: string(Live)}); err != nil {
			return nil, err
		}
	default:
		return nil, fault.Field("codes", i18n.T("请选择二维码、机构或地区", "please choose codes, an institution or a region"))
	}
	lines, err := codesByPlace(r, &w, mostPosters+1)
	switch {
	case err != nil:
		return nil, err
	case len(lines) > mostPosters:
		return nil, fault.New(fault.TooLarge, i18n.T("一次最多 %d 张", "at most %d posters at a time"), mostPosters).
			WithFix(i18n.T("请按地区或机构分批打印", "print by region or by institution"))
	case len(lines) == 0 && len(o.Codes) == 0:
		return nil, fault.Field("institution", i18n.T("这里还没有在用的二维码", "there is no live code here")).
			WithFix(i18n.T("请先制码", "make codes first"))
	}
	return lines, printable(ctx, lines, o.Codes)
}

// printable refuses codes that do not exist, are not live, or are somebody else's.
func printable(ctx context.Context, lines []CodeLine, asked []string) error {
	found := make(map[string]bool, len(lines))
	for _, c := range lines {
		if err := authz.Need(ctx, ManageCodes, c.Path); err != nil {
			return err
		}
		if c.Code.State() != Live {
			return fault.New(fault.Conflict, i18n.T("“%s”的二维码已停用或换新", `the code of "%s" is no longer in use`), c.PlaceName).
				WithFix(i18n.T("请刷新列表后重新选择", "reload the list and choose again"))
		}
		found[c.ID] = true
	}
	for _, id := range asked {
		if !found[id] {
			return fault.Missing(i18n.T("二维码", "code"))
		}
	}
	return nil
}

// pages puts codes into the words of posters.
func (s *Service) pages(r db.Reader, lines []CodeLine) ([]doc.Poster, error) {
	around := remembered(func(institution string) (Spot, error) { return around(r, institution) })
	pages := make([]doc.Poster, len(lines))
	for i, c := range lines {
		spot, err := around(c.Institution)
		if err != nil {
			return nil, err
		}
		pages[i] = s.page(c, spot.Institution, spot.Office)
	}
	return pages, nil
}

func (s *Service) page(c CodeLine, institution, office org.Unit) doc.Poster {
	p := doc.Poster{
		Title:          i18n.T("扫码反映，件件有回音", "Scan to tell us. You will be answered"),
		Heading:        readable(institution.Name, institution.ShortName),
		Subheading:     readable(c.PlaceName+" · "+c.Location, c.PlaceName),
		Sentence:       i18n.T("红包回扣、乱收费、态度差、意见建议、表扬，都可以说，可以不留姓名。", "Bribes, wrong charges, rude words, suggestions, praise: say it here. You need not leave your name."),
		URL:            s.address(c.Token),
		CheckLabel:     i18n.T("打开的页面上应有这两个词", "The page must show these two words"),
		CheckWords:     c.Words,
		TelephoneLabel: i18n.T("对不上请拨打", "If they differ, call"),
		Telephone:      office.Phone,
		Footer:         i18n.T(office.Name, ""),
	}
	if c.Location == "" {
		p.Subheading = c.PlaceName
	}
	if office.Phone == "" {
		p.TelephoneLabel = i18n.Text{}
	}
	return p
}

// readable returns the whole of a text unless it is too long to be read from a
// wall and there is a shorter one.
func readable(whole, short string) string {
	if short != "" && utf8.RuneCountInString(whole) > doc.MaxText {
		return short
	}
	return whole
}

// remembered keeps what f answered to each key.
func remembered[K comparable, V any](f func(K) (V, error)) func(K) (V, error) {
	known := map[K]V{}
	return func(k K) (V, error) {
		if v, ok := known[k]; ok {
			return v, nil
		}
		v, err := f(k)
		if err == nil {
			known[k] = v
		}
		return v, err
	}
}
