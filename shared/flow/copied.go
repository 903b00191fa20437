package flow

import "mesa/shared/desk"

// maxCopied is how many people one mail brings into a conversation; a mail to
// the whole institution makes no participants of it.
const maxCopied = 20

// copied are the people whom a mail went to besides the desk (R29).
func (s *step) copied() []desk.PersonID {
	if s.a.Channel != desk.ChannelMail || len(s.a.Copied) > maxCopied {
		return nil
	}
	return s.a.Copied
}
