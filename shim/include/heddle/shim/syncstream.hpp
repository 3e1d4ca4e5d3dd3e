// SPDX-License-Identifier: MIT
#pragma once

#include <ios>
#include <map>
#include <memory>
#include <ostream>
#include <sstream>
#include <streambuf>
#include <string>
#include <utility>

#include <heddle/sched/point.hpp>

namespace heddle {

namespace detail {

// Emissions to one stream buffer come one after the other, and each sees what came before the
// earlier ones. As with atomic_ref, all stream buffers are one object to reduction.
class emissions {
 public:
  static void next(const void* to, location where) {
    if (!sched::in_execution()) return;
    emissions& all = of_this_execution();
    auto& found = all.known_[to];
    if (found == nullptr) {
      found = std::make_unique<sched::atomic_object>(0, nullptr, where, key);
      found->name = "the stream";
    }
    sched::modify(
        *found, 1, [](std::uint64_t count, std::uint64_t by) { return count + by; },
        std::memory_order_acq_rel, where);
  }

 private:
  static emissions& of_this_execution() {
    static thread_local emissions all;
    if (all.execution_ != sched::execution_number()) {
      all.known_.clear();
      all.execution_ = sched::execution_number();
    }
    return all;
  }
  static constexpr sched::stable_key key = 0x73'7472'6561'6d73;
  std::uint32_t execution_ = 0;
  std::map<const void*, std::unique_ptr<sched::atomic_object>> known_;
};

}  // namespace detail

// std::basic_syncbuf under control: collects characters; emit() passes them on, all at once, in one
// visible operation.
template <class Char, class Traits = std::char_traits<Char>, class Allocator = std::allocator<Char>>
class basic_syncbuf : public std::basic_streambuf<Char, Traits> {
 public:
  using char_type = Char;
  using int_type = typename Traits::int_type;
  using pos_type = typename Traits::pos_type;
  using off_type = typename Traits::off_type;
  using traits_type = Traits;
  using allocator_type = Allocator;
  using streambuf_type = std::basic_streambuf<Char, Traits>;

  basic_syncbuf() : basic_syncbuf(nullptr) {}
  explicit basic_syncbuf(streambuf_type* to) : basic_syncbuf(to, Allocator()) {}
  basic_syncbuf(streambuf_type* to, const Allocator& from) : wrapped_(to), text_(from) {}
  basic_syncbuf(basic_syncbuf&& other)
      : wrapped_(std::exchange(other.wrapped_, nullptr)),
        text_(std::move(other.text_)),
        emits_on_sync_(other.emits_on_sync_),
        flushes_(std::exchange(other.flushes_, false)) {
    other.text_.clear();
  }
  basic_syncbuf& operator=(basic_syncbuf&& other) {
    emit();
    text_ = std::move(other.text_);
    other.text_.clear();
    wrapped_ = std::exchange(other.wrapped_, nullptr);
    emits_on_sync_ = other.emits_on_sync_;
    flushes_ = std::exchange(other.flushes_, false);
    return *this;
  }
  ~basic_syncbuf() override {
    try {
      emit();
    } catch (...) {  // as the standard says
    }
  }
  void swap(basic_syncbuf& other) {
    std::swap(wrapped_, other.wrapped_);
    text_.swap(other.text_);
    std::swap(emits_on_sync_, other.emits_on_sync_);
    std::swap(flushes_, other.flushes_);
  }

  bool emit(location where = location::current()) {
    if (wrapped_ == nullptr) return false;
    if (text_.empty() && !flushes_) return true;  // nothing that anybody could tell
    detail::emissions::next(wrapped_, where);
    const auto size = static_cast<std::streamsize>(text_.size());
    const std::streamsize written = size == 0 ? 0 : wrapped_->sputn(text_.data(), size);
    text_.erase(0, static_cast<std::size_t>(written));
    if (written != size) return false;
    return !std::exchange(flushes_, false) || wrapped_->pubsync() == 0;
  }
  [[nodiscard]] streambuf_type* get_wrapped() const noexcept { return wrapped_; }
  [[nodiscard]] allocator_type get_allocator() const noexcept { return text_.get_allocator(); }
  void set_emit_on_sync(bool emits) noexcept { emits_on_sync_ = emits; }
  [[nodiscard]] bool emits_on_sync() const noexcept { return emits_on_sync_; }

 protected:
  int sync() override {
    flushes_ = true;
    return !emits_on_sync_ || emit({}) ? 0 : -1;
  }
  int_type overflow(int_type one) override {
    if (Traits::eq_int_type(one, Traits::eof())) return Traits::not_eof(one);
    text_.push_back(Traits::to_char_type(one));
    return one;
  }
  std::streamsize xsputn(const Char* text, std::streamsize count) override {
    text_.append(text, static_cast<std::size_t>(count));
    return count;
  }

 private:
  streambuf_type* wrapped_;
  std::basic_string<Char, Traits, Allocator> text_;
  bool emits_on_sync_ = false;
  bool flushes_ = false;
};

// std::basic_osyncstream under control.
template <class Char, class Traits = std::char_traits<Char>, class Allocator = std::allocator<Char>>
class basic_osyncstream : public std::basic_ostream<Char, Traits> {
  using stream = std::basic_ostream<Char, Traits>;

 public:
  using char_type = Char;
  using int_type = typename Traits::int_type;
  using pos_type = typename Traits::pos_type;
  using off_type = typename Traits::off_type;
  using traits_type = Traits;
  using allocator_type = Allocator;
  using streambuf_type = std::basic_streambuf<Char, Traits>;
  using syncbuf_type = basic_syncbuf<Char, Traits, Allocator>;

  explicit basic_osyncstream(streambuf_type* to) : basic_osyncstream(to, Allocator()) {}
  basic_osyncstream(streambuf_type* to, const Allocator& from)
      : stream(nullptr), buffer_(to, from) {
    this->init(&buffer_);
  }
  explicit basic_osyncstream(stream& to) : basic_osyncstream(to.rdbuf()) {}
  basic_osyncstream(stream& to, const Allocator& from) : basic_osyncstream(to.rdbuf(), from) {}
  basic_osyncstream(basic_osyncstream&& other) noexcept
      : stream(std::move(other)), buffer_(std::move(other.buffer_)) {
    this->set_rdbuf(&buffer_);
  }
  basic_osyncstream& operator=(basic_osyncstream&& other) {
    stream::operator=(std::move(other));
    buffer_ = std::move(other.buffer_);
    return *this;
  }

  // Sets badbit where it fails.
  void emit(location where = location::current()) {
    if (!buffer_.emit(where)) this->setstate(std::ios_base::badbit);
  }
  [[nodiscard]] streambuf_type* get_wrapped() const noexcept { return buffer_.get_wrapped(); }
  [[nodiscard]] syncbuf_type* rdbuf() const noexcept {
    return const_cast<syncbuf_type*>(&buffer_);  // as the standard says
  }

 private:
  syncbuf_type buffer_;
};

using syncbuf = basic_syncbuf<char>;
using wsyncbuf = basic_syncbuf<wchar_t>;
using osyncstream = basic_osyncstream<char>;
using wosyncstream = basic_osyncstream<wchar_t>;

template <class Char, class Traits, class Allocator>
void swap(basic_syncbuf<Char, Traits, Allocator>& a, basic_syncbuf<Char, Traits, Allocator>& b) {
  a.swap(b);
}

// The manipulators; of a stream without a syncbuf they change nothing.
template <class Char, class Traits>
std::basic_ostream<Char, Traits>& emit_on_flush(std::basic_ostream<Char, Traits>& out) {
  if (auto* at = dynamic_cast<basic_syncbuf<Char, Traits>*>(out.rdbuf()))
    at->set_emit_on_sync(true);
  return out;
}
template <class Char, class Traits>
std::basic_ostream<Char, Traits>& noemit_on_flush(std::basic_ostream<Char, Traits>& out) {
  if (auto* at = dynamic_cast<basic_syncbuf<Char, Traits>*>(out.rdbuf())) {
    at->set_emit_on_sync(false);
  }
  return out;
}
template <class Char, class Traits>
std::basic_ostream<Char, Traits>& flush_emit(std::basic_ostream<Char, Traits>& out) {
  auto* at = dynamic_cast<basic_syncbuf<Char, Traits>*>(out.rdbuf());
  const bool before = at != nullptr && at->emits_on_sync();
  if (at != nullptr) at->set_emit_on_sync(true);
  out.flush();
  if (at != nullptr) at->set_emit_on_sync(before);
  return out;
}

}  // namespace heddle
