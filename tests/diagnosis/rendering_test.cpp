// SPDX-License-Identifier: MIT
// JSON, HTML, Chrome trace and terminal: complete, well-formed, and harmless whatever the names are.
#include <gtest/gtest.h>

#include <cctype>
#include <filesystem>
#include <optional>
#include <string>

#include "corpus.hpp"
#include "explorers/quiet_options.hpp"
#include "explorers/scratch_directory.hpp"
#include "json_reader.hpp"
#include "rendering/escape.hpp"

namespace {

using heddle::explorers::json_string;
using heddle::explorers::printable;
using heddle::explorers::printable_line;

const std::string hostile[] = {
    "<script>alert(1)</script>", "</script><img src=x onerror=alert(1)>", "\"quotes\" and 'others'",
    "back\\slash", "\x1b[2J\x1b[31mred", "bell\a and\rreturn", "\xff\xfe not UTF-8 \xc3",
    "\xed\xa0\x80 surrogate", "\xf4\x90\x80\x80 too far", "\xc0\xaf overlong",
    "\xe2\x80\xae reversed", "line\nbreak\ttab", "\xe2\x80\xa8 separator", "&lt;&amp;",
    std::string("nul\0inside", 10), "{fmt} %s %n", "日本語 ünïcödé", "", "-->", "<!--<script>"};

heddle::report report_named(const std::string& text) {
  heddle::options how = quiet("dpor");
  how.name = "Suite." + text;
  return heddle::explore(how, [&] {
    heddle::atomic<int> shared{0};
    heddle::mutex guard;
    heddle::name(shared, text);
    heddle::name(guard, text);
    const auto work = [&] {
      const heddle::lock_guard hold(guard);
      shared.store(shared.load() + 1);
    };
    heddle::thread one(heddle::named(text), work);
    heddle::thread two([&] {
      heddle::note(text);
      heddle::point(text);
      shared.store(shared.load() + 1);
    });
    one.join();
    two.join();
    heddle::check(shared.load() == 2, text);
  });
}

bool safe_for_terminal(const std::string& text) {
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte < 0x20 && c != '\n' && c != '\t') || byte == 0x7f) return false;
  }
  return text.find("\xe2\x80\xae") == text.npos && text.find('\xff') == text.npos;
}

TEST(Rendering, OfHostileNamesIsHarmlessEverywhere) {
  for (const std::string& text : hostile) {
    const heddle::report found = report_named(text);
    ASSERT_TRUE(found.failure) << text;
    EXPECT_TRUE(safe_for_terminal(found.text())) << found.text();
    const std::string json = found.json();
    const std::optional<json_value> read = read_json(json);
    ASSERT_TRUE(read) << json;
    EXPECT_EQ(json.find('<'), json.npos) << json;
    EXPECT_EQ(json.find('>'), json.npos);
    EXPECT_TRUE(read_json(found.chrome_trace())) << found.chrome_trace();
    // One data element, one program, and nothing else that the names could have opened.
    const std::string html = found.html();
    std::size_t elements = 0;
    for (std::size_t at = html.find("<script"); at != html.npos; at = html.find("<script", at + 1)) {
      ++elements;
    }
    EXPECT_EQ(elements, 2u) << text;
    EXPECT_EQ(html.find("<img"), html.npos);
  }
}

TEST(Rendering, KeepsTextsThatAreValid) {
  for (const std::string text : {"plain", "日本語 ünïcödé", "a\nb", "\"q\" \\ <b> & </script>"}) {
    const auto read = read_json(json_string(text));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->text, text);
  }
  EXPECT_EQ(printable("日本語\n"), "日本語\n");
  EXPECT_EQ(printable_line("a\nb"), "a\\nb");
  EXPECT_EQ(printable("\x1b[2J"), "\\x1b[2J");
  EXPECT_EQ(printable("\xff"), "\\xff");
  EXPECT_EQ(printable("\xe2\x80\xae"), "\\xe2\\x80\\xae");
}

TEST(Rendering, AsJsonSaysWhatTheReportSays) {
  for (const corpus::labelled& program : corpus::all_bugs()) {
    if (program.kind == heddle::failure_kind::crash) continue;
    heddle::options how = quiet("dpor", 20'000);
    const heddle::report found = heddle::explore(how, program.body);
    ASSERT_TRUE(found.failure) << program.name;
    const auto read = read_json(found.json());
    ASSERT_TRUE(read) << program.name << "\n" << found.json();
    const json_value& failure = read->at("failure");
    EXPECT_EQ(failure.at("kind").text, to_string(found.failure->kind));
    EXPECT_EQ(failure.at("situation").text, found.failure->situation);
    EXPECT_EQ(failure.at("message").text, found.failure->message);
    EXPECT_EQ(failure.at("schedule").text, found.failure->schedule);
    EXPECT_EQ(failure.at("rerun").text, found.failure->rerun);
    EXPECT_EQ(failure.at("events").list.size(), found.failure->trace.entries.size());
    EXPECT_EQ(failure.at("threads").list.size(), found.failure->trace.threads.size());
    EXPECT_EQ(failure.at("waits").list.size(), found.failure->unfinished.size());
    EXPECT_EQ(read->at("executions").text, std::to_string(found.executions));
    const auto events = static_cast<long>(failure.at("events").list.size());
    for (const json_value& order : failure.at("orders").list) {
      const long from = std::stol(order.at("from").text);
      const long to = std::stol(order.at("to").text);
      EXPECT_LT(from, to) << program.name;
      EXPECT_LT(to, events);
    }
    const auto trace = read_json(found.chrome_trace());
    ASSERT_TRUE(trace) << program.name;
    EXPECT_GE(trace->at("traceEvents").list.size(), found.failure->trace.entries.size());
  }
}

TEST(Rendering, OfATestThatPassedIsComplete) {
  const heddle::report passed = heddle::explore(quiet(), [] { heddle::choose(3); });
  const auto read = read_json(passed.json());
  ASSERT_TRUE(read);
  EXPECT_EQ(read->at("passed").text, "true");
  EXPECT_EQ(read->at("complete").text, "3");
  EXPECT_EQ(read->at("failure").text, "null");
  EXPECT_TRUE(read_json(passed.chrome_trace()));
  EXPECT_NE(passed.html().find("</html>"), std::string::npos);
}

TEST(Rendering, AsHtmlLoadsNothing) {
  const std::string html = report_named("x").html();
  for (const char* bad : {"http:", "https:", "src=", "href=", "@import", "url(http", "fetch(",
                          "innerHTML", "document.write", "eval("}) {
    std::string rest = html;
    // The namespace of SVG is a name, not an address that is loaded.
    for (const std::string ns = "http://www.w3.org/2000/svg"; rest.find(ns) != rest.npos;) {
      rest.erase(rest.find(ns), ns.size());
    }
    EXPECT_EQ(rest.find(bad), rest.npos) << bad;
  }
  EXPECT_NE(html.find("Content-Security-Policy"), html.npos);
}

std::size_t longest_line(const std::string& text) {
  std::size_t longest = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    longest = std::max(longest, end - at);
    at = end + 1;
  }
  return longest;
}

TEST(Rendering, AsTextKeepsToTheWidth) {
  const heddle::report found = report_named("name");
  EXPECT_GT(longest_line(found.text()), 110u);
  const std::string narrow = found.text({.width = 80});
  std::string rest = narrow;
  rest.erase(0, rest.find("schedule, "));  // what comes before holds the command in one line
  EXPECT_LE(longest_line(rest), 100u) << narrow;
  std::string joined;  // nothing is lost
  for (const char c : narrow) joined += c == '\n' ? ' ' : c;
  EXPECT_NE(joined.find("is lost"), joined.npos) << narrow;
}

TEST(Rendering, IsColouredOnlyWhenAsked) {
  const heddle::report found = report_named("name");
  EXPECT_EQ(found.text().find('\x1b'), std::string::npos);
  EXPECT_NE(found.text({.colour = true}).find("\x1b[1;31m"), std::string::npos);
  const heddle::text_style of_a_pipe = heddle::text_style::of(-1);
  EXPECT_FALSE(of_a_pipe.colour);
  EXPECT_EQ(of_a_pipe.width, 0u);
}

TEST(Rendering, GoesToTheDirectoryForOutput) {
  const scratch_directory directory;
  heddle::options how = quiet("dpor");
  how.out = directory / "out";
  const heddle::report found = heddle::explore(how, corpus::all_bugs().front().body);
  ASSERT_TRUE(found.failure);
  const std::filesystem::path schedule = found.failure->file;
  ASSERT_TRUE(std::filesystem::exists(schedule));
  for (const char* suffix : {".txt", ".json", ".html", ".trace.json"}) {
    std::filesystem::path path = schedule;
    path.replace_extension(suffix);
    EXPECT_TRUE(std::filesystem::exists(path)) << path;
    EXPECT_FALSE(text_of_file(path.string()).empty());
  }
  EXPECT_TRUE(found.warnings.empty());
}

}  // namespace
