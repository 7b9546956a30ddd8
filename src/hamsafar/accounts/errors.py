"""What can go wrong with accounts, in both languages."""

from __future__ import annotations

from hamsafar.lib.errors import BadInput, Conflict, NotFound


class AlreadySetUp(Conflict):
    code = "already_set_up"
    en = "This Hamsafar already has an owner. Sign in instead."
    fa = "این همسفر از پیش راه‌اندازی شده است. وارد شوید."


class WeakPassword(BadInput):
    code = "weak_password"
    en = "Choose another password: {reasons}"
    fa = "رمز عبور دیگری انتخاب کنید: {reasons_fa}"


class WrongPassword(BadInput):
    code = "wrong_password"
    en = "That is not your present password."
    fa = "رمز عبور فعلی درست نیست."


class TooManyTries(BadInput):
    code = "too_many_tries"
    status = 429
    en = "Too many tries. Wait a minute, then try again."
    fa = "تعداد تلاش‌ها زیاد شد. یک دقیقه صبر کنید و دوباره تلاش کنید."


class BadEmail(BadInput):
    code = "bad_email"
    en = "“{email}” is not an e-mail address."
    fa = "«{email}» نشانی ایمیل درستی نیست."


class EmailTaken(Conflict):
    code = "email_taken"
    en = "Another user signs in with {email}."
    fa = "کاربر دیگری با نشانی {email} وارد می‌شود."


class NameMissing(BadInput):
    code = "name_missing"
    en = "Write a name (at most 120 characters)."
    fa = "نام را بنویسید (حداکثر ۱۲۰ نویسه)."


class AlreadyMember(Conflict):
    code = "already_member"
    en = "{email} is already a member of this workspace."
    fa = "{email} از پیش عضو این فضای کاری است."


class MemberNotFound(NotFound):
    code = "member_not_found"
    en = "There is no such member in this workspace."
    fa = "چنین عضوی در این فضای کاری نیست."


class TeamNotFound(NotFound):
    code = "team_not_found"
    en = "There is no such team in this workspace."
    fa = "چنین تیمی در این فضای کاری نیست."


class TeamExists(Conflict):
    code = "team_exists"
    en = "There is already a team called “{name}”."
    fa = "تیمی با نام «{name}» از پیش وجود دارد."


class TooManyTeams(Conflict):
    code = "too_many_teams"
    en = "A workspace has at most {limit} teams."
    fa = "هر فضای کاری حداکثر {limit} تیم دارد."


class LastOwner(Conflict):
    code = "last_owner"
    en = "A workspace needs an owner. Make somebody else owner first."
    fa = "فضای کاری باید دست‌کم یک مالک داشته باشد. ابتدا شخص دیگری را مالک کنید."


class LinkSpent(NotFound):
    code = "link_spent"
    en = "This link has been used or has expired. Ask for a new one."
    fa = "این پیوند پیش‌تر استفاده شده یا مهلت آن گذشته است. پیوند تازه‌ای بخواهید."


class UserNotFound(NotFound):
    code = "user_not_found"
    en = "There is no user {email} here. Make one with: hamsafar createowner"
    fa = "کاربری با نشانی {email} اینجا نیست. با این فرمان بسازید: hamsafar createowner"
