package intake

import (
	"errors"
	"slices"
	"time"

	"golang.org/x/mod/sumdb/note"

	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/tlog"
)

// Against is what a receipt file is compared with. All of it may be empty.
type Against struct {
	Key        string // the log's public key, from somewhere else than the file
	Checkpoint string // a checkpoint from somewhere else
	Proof      string // a proof in place of the file's own
	Witnesses  []string
	Files      []OwnFile
}

// OwnFile is a photograph, recording or document that the reporter still has.
type OwnFile struct {
	Name   string
	SHA256 string // in hexadecimal
}

// Finding is one thing that was checked.
type Finding struct {
	Holds bool
	Text  i18n.Text
}

// Verify checks a receipt file and says what holds and what does not, in the
// order in which it was checked. It needs no network and no database.
func (f ReceiptFile) Verify(with Against, now time.Time) []Finding {
	return f.judge(with, now).found
}

func (f ReceiptFile) judge(with Against, now time.Time) *judge {
	j := &judge{file: f, with: with, now: now, key: f.Key}
	if with.Key == "" {
		j.holds(i18n.T("使用文件里的公钥 %s；请与回执页或公告上的公钥核对，或用 --key 指定", "the key is the file's own, %s; compare it with the one on the receipt page, or give --key"), f.Key)
	} else if _, err := tlog.ParseKey(with.Key); err != nil {
		j.fails(i18n.T("--key 后面不是日志的公钥：请整行照抄，形如 qingfeng.log/…+…+…", "what --key says is no public key of a log: copy the whole line, such as qingfeng.log/…+…+…"))
		return j
	} else if j.key = with.Key; with.Key != f.Key {
		j.fails(i18n.T("文件出自另一个日志：它的公钥是 %s", "the file comes from another log: its key is %s"), f.Key)
		return j
	}
	j.promise()
	j.files()
	j.proof()
	return j
}

// judge collects findings about one file.
type judge struct {
	file     ReceiptFile
	with     Against
	now      time.Time
	key      string
	promised tlog.Promise
	intact   bool            // the words are those that were promised
	leaf     int64           // of the report, where head is set
	head     tlog.Checkpoint // that shows it
	found    []Finding
}

func (j *judge) holds(text i18n.Text, args ...any) {
	j.found = append(j.found, Finding{true, text.With(args...)})
}

func (j *judge) fails(text i18n.Text, args ...any) {
	j.found = append(j.found, Finding{false, text.With(args...)})
}

// refuse notes why something could not be read.
func (j *judge) refuse(err error) {
	if e, ok := errors.AsType[*fault.Error](err); ok {
		j.fails(e.Text)
		return
	}
	j.fails(i18n.T("无法读取：%v", "cannot be read: %v"), err)
}

// entry is the commitment that the file's words come to.
func (j *judge) entry() []byte {
	return tlog.Commit(reportLeaf, j.file.Salt, j.file.Report.statement(), j.file.Rest)
}

// promise checks the log's signed word.
func (j *judge) promise() {
	p, err := tlog.OpenPromise(j.file.Promise, j.key)
	if err != nil {
		j.refuse(err)
		return
	}
	j.promised = p
	if p.Hash != tlog.HashOf(j.entry()) {
		j.fails(i18n.T("文件里的内容、类别或期限与当时受理的不一致，已被改动", "the text, category or deadline in the file is not what was accepted: it was altered"))
		return
	}
	j.intact = true
	j.holds(i18n.T("内容、类别、期限与 %s 受理时一致", "text, category and deadline are as they were accepted at %s"), local(p.At))
	j.holds(i18n.T("受理编号 %s，收到时间 %s，答复期限 %s", "number %s, received at %s, to be answered by %s"), j.file.Report.Number, localText(j.file.Report.ReceivedAt),
		lastMoment(j.file.Report.Deadline))
}

// files compares what the reporter still has with the files that the words commit
// to. Where the words were altered their list of files says nothing.
func (j *judge) files() {
	if !j.intact {
		return
	}
	for _, f := range j.with.Files {
		switch {
		case slices.Contains(j.file.Report.Files, f.SHA256):
			j.holds(i18n.T("文件 %s 就是受理时收到的那一份，一个字节也没有变（SHA-256 %s）", "file %s is one that was received with the report, to the last byte (SHA-256 %s)"), f.Name, f.SHA256)
		case len(j.file.Report.Files) == 0:
			j.fails(i18n.T("文件 %s 无从核对：诉求受理时没有附文件；后来补充的不在凭证里", "file %s cannot be compared: the report came without files; what was added later is not in the receipt file"), f.Name)
		default:
			j.fails(i18n.T("文件 %s 与受理时收到的 %d 份都不相同：改动过，或是后来补充的（SHA-256 %s）",
				"file %s is none of those %d that were received with the report: it was altered, or added later (SHA-256 %s)"), f.Name, len(j.file.Report.Files), f.SHA256)
		}
	}
}

// proof checks that the leaf is in the log, and since when.
func (j *judge) proof() {
	text := j.file.Proof
	if j.with.Proof != "" {
		text = j.with.Proof
	}
	if text == "" {
		j.noProof()
		return
	}
	witnesses, err := tlog.ParseWitnesses(j.with.Witnesses)
	if err != nil {
		j.refuse(err)
		return
	}
	p, err := tlog.ParseProof(text)
	if err != nil {
		j.refuse(err)
		return
	}
	c, err := p.Verify(tlog.HashOf(j.entry()), j.key, witnesses...)
	if err != nil {
		j.refuse(err)
		return
	}
	j.leaf, j.head = p.Index, c
	j.holds(i18n.T("日志第 %d 条就是这件诉求，见 %s 签发的第 %d 号检查点", "entry %d of the log is this report, by the checkpoint that was signed at %s over %d entries"), p.Index, local(c.At), c.Size)
	j.seen(c, witnesses)
	j.compare(c, p.Index)
}

// seen judges since when the log shows the report. With witnesses their word
// counts, the latest of them, and not the log's own.
func (j *judge) seen(c tlog.Checkpoint, witnesses []note.Verifier) {
	shown, missing := c.At, false
	for i, w := range witnesses {
		at, ok := c.Seen[tlog.WitnessOf(w)]
		if !ok {
			missing = true
			j.fails(i18n.T("检查点没有见证方 %s 的签名", "the checkpoint is not signed by witness %s"), w.Name())
			continue
		}
		if i == 0 || at.After(shown) {
			shown = at
		}
		j.holds(i18n.T("见证方 %s 于 %s 见到", "witness %s saw it at %s"), w.Name(), local(at))
	}
	if !missing {
		j.since(shown)
	}
}

// noProof is said of a file that was saved before the leaf was in the log.
func (j *judge) noProof() {
	by := j.promised.By
	switch {
	case by.IsZero(): // the promise does not hold; that has been said
	case j.now.After(by):
		j.fails(i18n.T("日志承诺在 %s 前收录，但文件里没有证明；请重新保存凭证，仍没有就请把本文件交给上级或监督机关", "the log promised to show it by %s, but the file holds no proof; save it again, and if there is still none show this file to a superior authority"), local(by))
	default:
		j.holds(i18n.T("尚未进入日志：承诺不晚于 %s 收录，届时请重新保存凭证", "it is not in the log yet: promised by %s; save the file again then"), local(by))
	}
}

// since judges when the deadline was fixed: the log showed it from the
// checkpoint on, so it was not written later.
func (j *judge) since(shown time.Time) {
	switch {
	case j.promised.By.IsZero() || j.with.Proof != "": // a newer proof says nothing of the beginning
	case shown.IsZero():
		j.fails(i18n.T("检查点上没有签发时间的签名，无法证明期限当时就定下", "the checkpoint lacks the signature that says when it was made: when the deadline was set cannot be proven"))
	case shown.After(j.promised.By):
		j.fails(i18n.T("日志直到 %s 才收录，晚于承诺的 %s；期限是否当时就定下，无法证明", "the log shows it only since %s, later than the promised %s: when the deadline was set cannot be proven"), local(shown), local(j.promised.By))
	default:
		j.holds(i18n.T("答复期限最晚在 %s 已经定下，此后没有改动", "the deadline stood at %s at the latest, and was not changed since"), local(shown))
	}
}

// compare compares the checkpoint of the proof with one from elsewhere.
func (j *judge) compare(c tlog.Checkpoint, leaf int64) {
	if j.with.Checkpoint == "" {
		return
	}
	other, err := tlog.OpenCheckpoint(j.with.Checkpoint, j.key)
	switch {
	case err != nil:
		j.refuse(err)
	case other.Size <= leaf:
		j.fails(i18n.T("您给出的检查点（%d 条）比这件诉求早，不能证明它；请换一个更新的", "the checkpoint that you gave, of %d entries, is older than the report and says nothing of it; take a newer one"), other.Size)
	case other.Size != c.Size:
		hash := tlog.HashOf(j.entry())
		j.fails(i18n.T("两个检查点大小不同（%d 与 %d），不能直接比较；请下载 /log/proof/%x?size=%[2]d 并用 --proof 指定",
			"the two checkpoints differ in size (%d and %d) and cannot be compared as they are; download /log/proof/%x?size=%[2]d and give it as --proof"), c.Size, other.Size, hash[:])
	case other.Hash != c.Hash:
		j.fails(i18n.T("同样大小的两个检查点内容不同：日志给不同的人看了不同的历史，请保存这两份文件并举报", "two checkpoints of one size differ: the log has shown different histories to different people; keep both files and report it"))
	default:
		j.holds(i18n.T("与您给出的检查点一致", "it agrees with the checkpoint that you gave"))
	}
}

// local writes an instant as people in Shanghai read it.
func local(t time.Time) string { return t.In(clock.Shanghai).Format("2006-01-02 15:04:05") }

// localText is local for a time as it is proven; one that is unset or none is
// shown as it stands.
func localText(s string) string {
	t, err := time.Parse(provenTime, s)
	if err != nil {
		return "“" + s + "”"
	}
	return local(t)
}

// lastMoment is localText for a deadline: one at midnight belongs to the day that
// ends then, as the reporter's page says it too.
func lastMoment(s string) string {
	t, err := time.Parse(provenTime, s)
	if err != nil || local(t) != local(t)[:len("2006-01-02 ")]+"00:00:00" {
		return localText(s)
	}
	return t.In(clock.Shanghai).AddDate(0, 0, -1).Format("2006-01-02 ") + "24:00:00"
}
